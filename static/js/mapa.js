// Mapa de centros: mejora sobre la lista, que dice lo mismo. Sin servidor de teselas, el suelo
// son las alcaldías; si la configuración trae uno, se pone debajo.
(() => {
  "use strict";
  const caja = document.getElementById("mapa");
  const nodoAjustes = document.getElementById("ajustes-mapa");
  if (!caja || !window.L) return;
  const ajustes = (nodoAjustes && JSON.parse(nodoAjustes.textContent)) || {};
  const espera = caja.querySelector("[data-mapa-espera]");
  const quieto = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const textos = caja.dataset;

  const avisar = (texto) => {
    if (!espera) return;
    espera.textContent = texto;
    espera.hidden = !texto;
  };

  const traer = async (url) => {
    const respuesta = await fetch(url, { headers: { Accept: "application/json" } });
    if (!respuesta.ok) throw new Error(String(respuesta.status));
    return respuesta.json();
  };

  const punto = (clase, lado) =>
    L.divIcon({ className: clase, iconSize: [lado, lado], popupAnchor: [0, -lado / 2] });

  const grupo = (cumulo) => {
    const total = cumulo.getChildCount();
    const lado = total < 10 ? 34 : total < 100 ? 42 : 52;
    return L.divIcon({ className: "mapa-grupo", html: String(total), iconSize: [lado, lado] });
  };

  // Con textContent: un nombre con signos de HTML se ve, no se ejecuta.
  const renglon = (padre, etiqueta, texto, clase) => {
    if (!texto) return;
    const nodo = document.createElement(etiqueta);
    if (clase) nodo.className = clase;
    nodo.textContent = texto;
    padre.append(nodo);
  };

  const globo = (datos) => {
    const nodo = document.createElement("div");
    renglon(nodo, "p", datos.tipo_nombre || datos.tipo, "atenuado");
    const titulo = document.createElement("p");
    const enlace = document.createElement("a");
    enlace.href = datos.url;
    enlace.textContent = datos.nombre;
    const fuerte = document.createElement("strong");
    fuerte.append(enlace);
    titulo.append(fuerte);
    nodo.append(titulo);
    renglon(nodo, "p", datos.direccion);
    renglon(nodo, "p", datos.horario);
    if (datos.demostracion) renglon(nodo, "span", textos.demostracion || "demostración", "demo");
    return nodo;
  };

  const dibujarSuelo = (mapa, suelo) => {
    const rotulos = mapa.createPane("rotulos"); // entre el suelo y los centros
    rotulos.style.zIndex = 450;
    rotulos.style.pointerEvents = "none";
    const capa = L.geoJSON(suelo, {
      interactive: false,
      style: () => ({ className: "mapa-suelo", weight: 1, fillOpacity: 1, color: null }),
      onEachFeature: (rasgo, figura) => {
        const nombre = rasgo.properties && (rasgo.properties.nombre || rasgo.properties.NOMGEO);
        if (nombre) {
          figura.bindTooltip(nombre, { permanent: true, direction: "center", className: "mapa-nombre", pane: "rotulos" });
        }
      },
    }).addTo(mapa);
    capa.bringToBack();
    // Un nombre que no cabe en su alcaldía se calla hasta que la persona se acerca.
    const rotular = () => capa.eachLayer((figura) => {
      const rotulo = figura.getTooltip() && figura.getTooltip().getElement();
      if (!rotulo) return;
      const caja = figura.getBounds();
      const ancho = mapa.latLngToLayerPoint(caja.getSouthEast()).x - mapa.latLngToLayerPoint(caja.getNorthWest()).x;
      rotulo.style.visibility = rotulo.offsetWidth < ancho * 0.8 ? "" : "hidden";
    });
    mapa.on("zoomend", rotular);
    rotular();
  };

  const dibujarCentros = (mapa, centros) => {
    const cumulos = L.markerClusterGroup({
      iconCreateFunction: grupo,
      animate: !quieto,
      maxClusterRadius: 72, // dos blancos nunca a menos de 24 px: se tocan con el dedo
      showCoverageOnHover: false,
      chunkedLoading: true,
    });
    const capa = L.geoJSON(centros, {
      pointToLayer: (rasgo, posicion) => {
        const marca = L.marker(posicion, {
          icon: punto("mapa-punto", 24),
          keyboard: true,
          alt: rasgo.properties.nombre,
          title: rasgo.properties.nombre,
        });
        marca.bindPopup(() => globo(rasgo.properties), { minWidth: 220, maxWidth: 280 });
        return marca;
      },
    });
    cumulos.addLayer(capa);
    mapa.addLayer(cumulos);
    return capa.getBounds();
  };

  const mapa = L.map(caja, {
    minZoom: 9,
    maxZoom: 18,
    zoomSnap: 0.25,
    zoomAnimation: !quieto,
    fadeAnimation: !quieto,
    markerZoomAnimation: !quieto,
    attributionControl: true,
    zoomControl: false,
  });
  mapa.attributionControl.setPrefix(false);
  if (ajustes.atribucion) mapa.attributionControl.addAttribution(ajustes.atribucion);
  L.control.zoom({ zoomInTitle: textos.acercar || "Acercar", zoomOutTitle: textos.alejar || "Alejar" }).addTo(mapa);
  const ciudad = L.latLngBounds(ajustes.limites || [[19.048, -99.365], [19.593, -98.94]]);
  mapa.fitBounds(ciudad);
  mapa.setMaxBounds(ciudad.pad(0.4));
  if (ajustes.teselas && ajustes.teselas.url) {
    L.tileLayer(ajustes.teselas.url, { attribution: ajustes.teselas.atribucion || "" }).addTo(mapa);
    caja.classList.add("mapa-con-teselas");
  }
  avisar(textos.cargando || "");

  const suelo = caja.dataset.suelo ? traer(caja.dataset.suelo) : Promise.resolve(null);
  const centros = traer(caja.dataset.fuente);
  suelo.then((datos) => datos && dibujarSuelo(mapa, datos)).catch(() => {});
  centros
    .then((datos) => {
      const limites = dibujarCentros(mapa, datos);
      if (ajustes.cerca) {
        const aqui = [ajustes.cerca.lat, ajustes.cerca.lon];
        L.marker(aqui, { icon: punto("mapa-aqui", 20), keyboard: false, title: textos.aqui || "" }).addTo(mapa);
        mapa.setView(aqui, 14);
      } else if (ajustes.acercar && limites.isValid()) {
        mapa.fitBounds(limites, { padding: [24, 24], maxZoom: 15 });
      }
      avisar("");
    })
    .catch(() => avisar(textos.fallo || ""));
})();
