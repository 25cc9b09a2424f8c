// Comprobar un archivo sin mandarlo: su huella se calcula aquí y solo ella sale. Sin esto, se manda.
(() => {
  "use strict";
  const forma = document.querySelector("[data-comprobar]");
  // Solo en páginas seguras (https, o esta misma máquina) el navegador sabe calcular huellas.
  if (!forma || !window.crypto || !window.crypto.subtle || !File.prototype.arrayBuffer) return;
  const campo = forma.querySelector("input[type=file]");
  const aviso = forma.querySelector("[data-comprobar-aviso]");
  const boton = forma.querySelector("button");
  const RECIBO_MAYOR = 5_000_000; // ningún recibo pesa más
  forma.querySelector("[data-comprobar-aqui]").hidden = false;

  const enHexadecimal = (bytes) =>
    Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

  // El folio que dice tener está a la vista en la razón de su firma.
  const folioQueDice = (contenido) => {
    if (contenido.byteLength > RECIBO_MAYOR) return "";
    const texto = new TextDecoder("latin1").decode(contenido);
    const hallados = [...texto.matchAll(/Recibo R(?:-|\\055)(\d{4})(?:-|\\055)(\d{6,12})\b/g)];
    const ultimo = hallados.pop();
    return ultimo ? `R-${ultimo[1]}-${ultimo[2]}` : "";
  };

  const decir = (texto) => {
    aviso.textContent = texto;
    aviso.className = texto === forma.dataset.calculando ? "" : "aviso aviso-error";
  };

  forma.addEventListener("submit", async (evento) => {
    const archivo = campo.files[0];
    if (!archivo) return; // que el servidor diga qué falta
    evento.preventDefault();
    if (archivo.size > Number(forma.dataset.limite)) {
      decir(forma.dataset.muyGrande);
      return;
    }
    boton.disabled = true;
    decir(forma.dataset.calculando);
    try {
      const contenido = await archivo.arrayBuffer();
      const url = new URL(forma.action, window.location.href);
      url.searchParams.set("clave", enHexadecimal(await crypto.subtle.digest("SHA-256", contenido)));
      const dice = folioQueDice(contenido);
      if (dice) url.searchParams.set("dice", dice);
      window.location.assign(`${url}#resultado`);
    } catch {
      decir(forma.dataset.fallo);
    }
    boton.disabled = false;
  });
})();
