// Subir un padrón: avisa del tamaño antes de mandarlo, dice cuánto va y no pierde lo escrito si se corta.
// Sin este guion el formulario se manda igual y el servidor dice lo mismo.
const formulario = document.querySelector("[data-subir]");
const unidad = (n) =>
  n >= 1e9 ? `${(n / 1e9).toFixed(1)} GB` : n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(n / 1e3))} kB`;

function preparar(formulario) {
  const archivo = formulario.querySelector("input[type=file]");
  const pista = formulario.querySelector("[data-pista]");
  const mandando = formulario.querySelector("[data-mandando]");
  const boton = formulario.querySelector(".submit-row input[type=submit]");
  const limite = Number(archivo.dataset.limite);
  const terminaciones = archivo.accept.split(",");
  let peticion = null;

  function decir(texto, esError) {
    pista.textContent = texto;
    pista.classList.toggle("es-error", esError);
  }

  function revisar() {
    const elegido = archivo.files[0];
    if (!elegido) {
      decir("", false);
      return true;
    }
    if (elegido.size > limite) {
      decir(formulario.dataset.muyGrande.replace("{n}", unidad(elegido.size)), true);
      return false;
    }
    if (!elegido.size) {
      decir(formulario.dataset.vacio, true);
      return false;
    }
    const conocido = terminaciones.some((t) => elegido.name.toLowerCase().endsWith(t));
    decir(
      conocido ? formulario.dataset.elegido.replace("{n}", unidad(elegido.size)) : formulario.dataset.otroTipo,
      false,
    );
    return true;
  }

  function terminar(texto) {
    peticion = null;
    mandando.hidden = true;
    boton.disabled = false;
    if (texto) {
      decir(texto, true);
      archivo.focus();
    }
  }

  function contestar(respuesta) {
    if (respuesta.responseURL && respuesta.responseURL !== window.location.href && respuesta.status < 400) {
      window.location.assign(respuesta.responseURL);
      return;
    }
    const pagina = new DOMParser().parseFromString(respuesta.responseText, "text/html");
    const nuevo = pagina.getElementById("content-main");
    if (!nuevo || !nuevo.querySelector("[data-subir]")) {
      terminar(formulario.dataset.seCorto);
      return;
    }
    // El archivo elegido no se puede volver a poner por guion: se conserva el mismo control.
    const suyo = nuevo.querySelector("input[type=file]");
    for (const atributo of ["aria-invalid", "aria-describedby"]) {
      if (suyo.hasAttribute(atributo)) archivo.setAttribute(atributo, suyo.getAttribute(atributo));
      else archivo.removeAttribute(atributo);
    }
    suyo.replaceWith(archivo);
    nuevo.querySelector("[data-sin-guion]")?.remove();
    document.getElementById("content-main").replaceWith(nuevo);
    preparar(nuevo.querySelector("[data-subir]"));
    nuevo.querySelector(".resumen-errores")?.focus();
  }

  function mandar(datos) {
    const barra = mandando.querySelector("progress");
    const cuanto = mandando.querySelector("[data-cuanto]");
    peticion = new XMLHttpRequest();
    peticion.open("POST", window.location.href);
    peticion.upload.addEventListener("progress", (e) => {
      if (!e.lengthComputable) return;
      barra.value = (e.loaded / e.total) * 100;
      cuanto.textContent =
        e.loaded < e.total
          ? formulario.dataset.subiendo.replace("{n}", unidad(e.loaded)).replace("{de}", unidad(e.total))
          : formulario.dataset.recibido;
    });
    peticion.addEventListener("load", () => contestar(peticion));
    peticion.addEventListener("error", () => terminar(formulario.dataset.seCorto));
    peticion.addEventListener("abort", () => terminar(formulario.dataset.seCorto));
    peticion.send(datos);
    mandando.hidden = false;
    boton.disabled = true;
    decir("", false);
  }

  archivo.addEventListener("change", revisar);
  formulario.addEventListener("submit", (evento) => {
    evento.preventDefault();
    if (peticion) return;
    if (revisar()) mandar(new FormData(formulario));
    else archivo.focus();
  });
  formulario.querySelector("[data-dejar]").addEventListener("click", () => peticion?.abort());
  window.addEventListener("beforeunload", (evento) => {
    if (peticion && peticion.readyState < 4) evento.preventDefault();
  });
  revisar();
}

if (formulario) preparar(formulario);
