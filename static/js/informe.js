// Los índices de un informe, mientras se escriben. El servidor los calcula otra vez al guardar, con sus
// colores: aquí solo se adelanta el número. Sin este guion la página hace lo mismo, al guardar.

const formulario = document.querySelector("[data-informe]");

function numero(nombre, dentro = formulario) {
  const campo = dentro.querySelector(`[name$="${nombre}"]`);
  const texto = (campo?.value ?? "").replace(/[$,\s]/g, "");
  return texto === "" || Number.isNaN(Number(texto)) ? null : Number(texto);
}

const cociente = (parte, entre) => (parte === null || !entre ? null : parte / entre);

function escribir(lugar, valor, unidad) {
  if (!lugar) return;
  lugar.className = "indice";
  lugar.textContent = valor === null ? lugar.dataset.nada : `${valor.toFixed(2)}${unidad}`;
}

function calcular() {
  const gasto = cociente(numero("presupuesto_ejercido"), numero("presupuesto_programado"));
  escribir(formulario.querySelector('[data-indice="icppp"]'), gasto === null ? null : gasto * 100, " %");
  for (const meta of formulario.querySelectorAll("[data-meta]")) {
    const avance = cociente(numero("-alcanzada", meta), numero("-programada", meta));
    escribir(meta.querySelector('[data-indice="icmpp"]'), avance === null ? null : avance * 100, " %");
    escribir(meta.querySelector('[data-indice="iarcm"]'), cociente(avance, gasto), "");
  }
}

if (formulario) {
  let pendiente = false;
  const aviso = formulario.querySelector("[data-sin-guardar]");
  for (const lugar of formulario.querySelectorAll("[data-indice]")) lugar.dataset.nada = "—";
  formulario.addEventListener("input", () => {
    pendiente = true;
    aviso.hidden = false;
    calcular();
  });
  formulario.addEventListener("submit", () => { pendiente = false; });
  window.addEventListener("beforeunload", (evento) => {
    if (pendiente) evento.preventDefault();
  });
}
