// Sigue el avance de un lote sin recargar la página. Sin esto, el enlace «Ver cómo va» hace lo mismo.
const CADA = 2000;
const direccion = new URL("avance/", window.location.href);

async function seguir() {
  try {
    const respuesta = await fetch(direccion, { headers: { Accept: "text/html" } });
    if (respuesta.ok && !respuesta.redirected) {
      const pagina = new DOMParser().parseFromString(await respuesta.text(), "text/html");
      const nuevo = pagina.getElementById("avance");
      const actual = document.getElementById("avance");
      if (nuevo && actual) {
        if (nuevo.hasAttribute("data-acabado")) {
          window.location.reload();
          return;
        }
        actual.replaceChildren(...nuevo.childNodes);
      }
    }
  } catch {
    // Sin conexión: se vuelve a intentar; lo que se hace no depende de esta página.
  }
  window.setTimeout(seguir, document.hidden ? CADA * 5 : CADA);
}

window.setTimeout(seguir, CADA);
