// Mejoras de un hilo: marcar leído al verlo, mencionar sin teclear, y no enviar dos veces.
// Sin esto hay un botón para lo primero, un campo para lo segundo, y el servidor cuida lo tercero.

const marcar = document.querySelector("form[data-marcar-leido]");
if (marcar) {
  const enviar = async () => {
    if (document.visibilityState !== "visible" || marcar.dataset.enviado) return;
    marcar.dataset.enviado = "si";
    try {
      const respuesta = await fetch(marcar.action, { method: "POST", body: new FormData(marcar), redirect: "manual" });
      if (respuesta.type === "opaqueredirect" || respuesta.ok) marcar.hidden = true;
    } catch {
      delete marcar.dataset.enviado; // sin red queda el botón
    }
  };
  enviar();
  document.addEventListener("visibilitychange", enviar);
}

// Lo elegido pasa al texto, donde está el cursor: se ve a quién se nombra antes de enviar.
const quien = document.querySelector("#id_mencionar");
const texto = document.querySelector("#id_texto");
if (quien && texto) {
  quien.addEventListener("change", () => {
    const usuario = quien.value.trim().replace(/^@/, "");
    const conocidos = [...document.querySelectorAll("#quienes-lo-leen option")].map((o) => o.value);
    if (!conocidos.includes(usuario)) return;
    const previo = texto.value.slice(0, texto.selectionStart);
    const separa = previo && !/\s$/.test(previo) ? " " : "";
    texto.setRangeText(`${separa}@${usuario} `, texto.selectionStart, texto.selectionEnd, "end");
    quien.value = "";
    texto.focus();
  });
}

for (const formulario of document.querySelectorAll("form[data-una-vez]")) {
  formulario.addEventListener("submit", () => {
    const boton = formulario.querySelector("button[type=submit]");
    // Después de este turno: un botón apagado antes no dejaría enviar.
    setTimeout(() => { boton.disabled = true; }, 0);
  });
  // Al volver con «atrás» el formulario sigue vivo.
  window.addEventListener("pageshow", () => {
    formulario.querySelector("button[type=submit]").disabled = false;
  });
}
