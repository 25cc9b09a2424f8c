// El suelo de los mapas del panel: las alcaldías, como en el portal, en lugar de un fondo vacío.
// Se registra antes que los campos de django-leaflet; Leaflet ya está cuando el mapa se inicia.
(() => {
  "use strict";
  const estilo = { color: "#7a736a", weight: 1, fillColor: "#ffffff", fillOpacity: 1 };

  window.addEventListener("map:init", ({ detail }) => {
    // Con nombres con huella, la hoja de estilo ya no dice dónde están los marcadores.
    L.Icon.Default.imagePath = "/static/leaflet/images/";
    fetch("/mapa/alcaldias.geojson")
      .then((respuesta) => respuesta.json())
      .then((suelo) => L.geoJSON(suelo, { interactive: false, style: estilo }).addTo(detail.map).bringToBack())
      .catch(() => {}); // sin suelo se puede trabajar: el punto y sus coordenadas siguen ahí
  });
})();
