// Colonias y alcaldías mientras se escribe. Sin esto, al mandar la búsqueda salen las mismas opciones.
(() => {
  "use strict";
  const campo = document.querySelector("[data-lugares]");
  if (!campo) return;
  const lista = document.createElement("datalist");
  lista.id = "lugares-sugeridos";
  campo.after(lista);
  campo.setAttribute("list", lista.id);
  let espera;
  let ultima = "";

  const pedir = async () => {
    const texto = campo.value.trim();
    if (texto.length < 2 || texto === ultima) return;
    ultima = texto;
    try {
      const respuesta = await fetch(`${campo.dataset.lugares}?q=${encodeURIComponent(texto)}`);
      const { lugares } = await respuesta.json();
      lista.replaceChildren(
        ...lugares.map(({ nombre, donde }) => {
          const opcion = document.createElement("option");
          opcion.value = nombre;
          if (donde) opcion.label = `${nombre}, ${donde}`;
          return opcion;
        }),
      );
    } catch {
      lista.replaceChildren(); // buscar sigue sirviendo
    }
  };
  campo.addEventListener("input", () => {
    window.clearTimeout(espera);
    espera = window.setTimeout(pedir, 200);
  });
})();
