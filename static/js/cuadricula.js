// Cada fila se guarda y se revisa sola al salir de la celda que cambió. Sin este guion, el botón de abajo
// guarda todas las de la página y hace lo mismo.

const formulario = document.querySelector("[data-cuadricula]");
const aviso = formulario?.querySelector("[data-aviso]");
const pendientes = new Set();

function cuerpo(fila) {
  const datos = new FormData();
  for (const nombre of ["csrfmiddlewaretoken", "datos", "orden"]) {
    datos.append(nombre, formulario.querySelector(`[name="${nombre}"]`)?.value ?? "");
  }
  datos.append("accion", "fila");
  datos.append("fila", fila.dataset.fila);
  for (const campo of fila.querySelectorAll("input, textarea")) {
    if (campo.type !== "checkbox" || campo.checked) datos.append(campo.name, campo.value);
  }
  return datos;
}

function decir(texto) {
  aviso.textContent = texto;
}

// El foco se queda donde iba la persona, aunque la fila se haya pintado de nuevo.
function poner(vieja, nueva) {
  const foco = vieja.contains(document.activeElement) ? document.activeElement.name : "";
  vieja.replaceWith(nueva);
  if (foco) nueva.querySelector(`[name="${CSS.escape(foco)}"]`)?.focus();
}

async function guardar(fila) {
  const numero = fila.dataset.fila;
  if (fila.dataset.guardando) return;
  fila.dataset.guardando = "1";
  fila.classList.add("guardando");
  const antes = new Map([...fila.querySelectorAll("input[type=text], textarea")].map((c) => [c.name, c.value]));
  try {
    const respuesta = await fetch(formulario.action, { method: "POST", body: cuerpo(fila), headers: { Accept: "text/html" } });
    // Una fila suelta solo se lee como fila dentro de una tabla.
    const pagina = new DOMParser().parseFromString(`<table>${await respuesta.text()}</table>`, "text/html");
    const nueva = pagina.querySelector(`tr[data-fila="${numero}"]`);
    if ((!respuesta.ok && respuesta.status !== 409) || respuesta.redirected || !nueva) throw new Error();
    // Lo que se siguió tecleando en la fila mientras se guardaba no se pierde.
    for (const campo of fila.querySelectorAll("input[type=text], textarea")) {
      if (campo.value !== antes.get(campo.name)) {
        const suyo = nueva.querySelector(`[name="${CSS.escape(campo.name)}"]`);
        if (suyo) suyo.value = campo.value;
      }
    }
    pendientes.delete(numero);
    poner(fila, nueva);
    decir(nueva.querySelector(".fila-mensaje, .fila-estado")?.textContent ?? `Fila ${numero} guardada.`);
  } catch {
    delete fila.dataset.guardando;
    fila.classList.remove("guardando");
    decir(`La fila ${numero} no se pudo guardar: guárdala con el botón de abajo.`);
  }
}

if (formulario) {
  formulario.addEventListener("input", (evento) => {
    const fila = evento.target.closest("tr[data-fila]");
    if (fila) pendientes.add(fila.dataset.fila);
  });
  formulario.addEventListener("change", (evento) => {
    const fila = evento.target.closest("tr[data-fila]");
    const campo = evento.target;
    // Dejar fuera pide su porqué: se guarda con él, o con el botón.
    if (!fila || campo.name.startsWith("fuera-")) return;
    if (campo.name.startsWith("motivo-") && !fila.querySelector('[name^="fuera-"]').checked) return;
    guardar(fila);
  });
  formulario.addEventListener("submit", () => pendientes.clear());
  window.addEventListener("beforeunload", (evento) => {
    if (pendientes.size) evento.preventDefault();
  });
}
