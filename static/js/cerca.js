// «Cerca de mí»: mejora sobre el filtro por alcaldía. La posición se redondea antes de salir.
(() => {
  "use strict";
  const caja = document.querySelector("[data-cerca]");
  if (!caja || !("geolocation" in navigator)) return;
  const boton = caja.querySelector("button");
  const mensaje = caja.querySelector("[data-cerca-mensaje]");
  const textos = caja.dataset;
  caja.hidden = false;

  const redondear = (grados) => grados.toFixed(3); // unos 100 metros

  boton.addEventListener("click", () => {
    boton.disabled = true;
    mensaje.textContent = textos.buscando;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const url = new URL(window.location.href);
        url.searchParams.delete("pagina");
        url.searchParams.set("lat", redondear(coords.latitude));
        url.searchParams.set("lon", redondear(coords.longitude));
        window.location.assign(url);
      },
      (error) => {
        boton.disabled = false;
        mensaje.textContent = error.code === error.PERMISSION_DENIED ? textos.negado : textos.fallo;
      },
      { maximumAge: 300000, timeout: 10000 },
    );
  });
})();
