// Teselas vectoriales sobre Leaflet: pedirlas, recordarlas y dibujar sus trazos en un lienzo.
// El mapa las usa para sus centros, para las colonias y para una base vectorial de fuera.
window.Teselas = (() => {
  "use strict";
  const RECORDADAS = 240;
  const leerMvt = async (respuesta) => {
    if (!respuesta.ok && respuesta.status !== 404) throw new Error(String(respuesta.status));
    if (!respuesta.ok) return null; // fuera de la Ciudad no hay tesela, y no es una falla
    const bytes = await respuesta.arrayBuffer();
    return bytes.byteLength ? TeselasVectoriales.leer(new Uint8Array(bytes)) : null;
  };

  // Una plantilla {z}/{x}/{y} con memoria: ir y volver no la pide dos veces.
  class Fuente {
    constructor(plantilla) {
      this.plantilla = plantilla;
      this.memoria = new Map();
    }

    pedir({ z, x, y }) {
      const url = this.plantilla.replace("{z}", z).replace("{x}", x).replace("{y}", y);
      if (!this.memoria.has(url)) {
        const promesa = fetch(url).then(leerMvt);
        promesa.catch(() => this.memoria.delete(url)); // lo que falló se puede volver a pedir
        this.memoria.set(url, promesa);
        if (this.memoria.size > RECORDADAS) this.memoria.delete(this.memoria.keys().next().value);
      }
      return this.memoria.get(url);
    }
  }

  // Las teselas z/x/y que tocan a la vez lo que se mira y lo que hay.
  const enVista = (mirado, ciudad, z) => {
    const lado = 2 ** z;
    const columna = (lon) => Math.floor(((lon + 180) / 360) * lado);
    const fila = (lat) => {
      const radianes = (lat * Math.PI) / 180;
      return Math.floor(((1 - Math.asinh(Math.tan(radianes)) / Math.PI) / 2) * lado);
    };
    const halladas = [];
    const oeste = columna(Math.max(mirado.getWest(), ciudad.getWest()));
    const este = columna(Math.min(mirado.getEast(), ciudad.getEast()));
    const norte = fila(Math.min(mirado.getNorth(), ciudad.getNorth()));
    const sur = fila(Math.max(mirado.getSouth(), ciudad.getSouth()));
    for (let x = oeste; x <= este; x += 1) {
      for (let y = norte; y <= sur; y += 1) {
        halladas.push({ z, x, y });
      }
    }
    return halladas;
  };

  // De las coordenadas de una tesela a latitud y longitud.
  const lugar = ({ z, x, y }, punto, extension) => {
    const mundo = 2 ** z;
    const lon = ((x + punto.x / extension) / mundo) * 360 - 180;
    const n = Math.PI * (1 - (2 * (y + punto.y / extension)) / mundo);
    return L.latLng((Math.atan(Math.sinh(n)) * 180) / Math.PI, lon);
  };

  // Cada tesela, un lienzo: `estilo(capa, rasgo)` dice {relleno, trazo, ancho} o nada.
  const Trazos = L.GridLayer.extend({
    initialize(plantilla, estilo, opciones) {
      this.fuente = new Fuente(plantilla);
      this.estilo = estilo;
      L.GridLayer.prototype.initialize.call(this, { keepBuffer: 1, ...opciones });
    },

    createTile(coordenadas, listo) {
      const lienzo = document.createElement("canvas");
      const finura = window.devicePixelRatio || 1;
      const { x: ancho, y: alto } = this.getTileSize();
      lienzo.width = ancho * finura;
      lienzo.height = alto * finura;
      this.fuente
        .pedir(coordenadas)
        .then((tesela) => {
          if (tesela) this.pintar(lienzo.getContext("2d"), tesela, lienzo.width);
          listo(null, lienzo);
        })
        .catch((falla) => listo(falla, lienzo));
      return lienzo;
    },

    pintar(pluma, tesela, ancho) {
      for (const [nombre, capa] of Object.entries(tesela.layers)) {
        for (let i = 0; i < capa.length; i += 1) {
          const rasgo = capa.feature(i);
          const estilo = rasgo.type > 1 && this.estilo(nombre, rasgo);
          if (estilo) this.pintarUno(pluma, rasgo, ancho / rasgo.extent, estilo);
        }
      }
    },

    pintarUno(pluma, rasgo, escala, { relleno, trazo, ancho }) {
      pluma.beginPath();
      for (const linea of rasgo.loadGeometry()) {
        linea.forEach((p, i) => pluma[i ? "lineTo" : "moveTo"](p.x * escala, p.y * escala));
      }
      if (relleno && rasgo.type === 3) {
        pluma.fillStyle = relleno;
        pluma.fill("evenodd");
      }
      if (trazo) {
        pluma.strokeStyle = trazo;
        pluma.lineWidth = (ancho || 1) * (window.devicePixelRatio || 1);
        pluma.stroke();
      }
    },
  });

  return { Fuente, Trazos, enVista, lugar };
})();
