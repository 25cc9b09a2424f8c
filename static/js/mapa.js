// Mapa de centros: mejora sobre la lista, que dice lo mismo. El suelo son nuestras alcaldías; los
// centros llegan en teselas con las cuentas hechas, y aquí solo se juntan los que se encimarían.
(() => {
  "use strict";
  const caja = document.getElementById("mapa");
  const nodoAjustes = document.getElementById("ajustes-mapa");
  if (!caja || !nodoAjustes || !window.L || !window.Teselas) return;
  const ajustes = JSON.parse(nodoAjustes.textContent);
  const textos = caja.dataset;
  const formulario = document.getElementById("filtros-centros");
  const quieto = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const PRIMERA_CONTADA = 8;
  const SEPARADOS_DESDE = 14; // desde aquí se toleran más juntos: hay calles entre ellos
  const TESELAS_HASTA = 16; // de ahí no se pide más fino: ya caben uno por uno
  const SEPARACION = 62; // píxeles entre grupos: ninguno tapa a otro y se tocan con el dedo
  const SEPARACION_DE_PUNTOS = 46;
  const ACERCAMIENTO_MAXIMO = 18;

  // El dibujo del servidor era el mapa hasta ahora; desde aquí es el que se imprime.
  const fijo = caja.querySelector("[data-mapa-fijo]");
  if (fijo) {
    caja.after(fijo);
    fijo.classList.add("solo-papel");
  }

  const mapa = L.map(caja, {
    minZoom: 9,
    maxZoom: ACERCAMIENTO_MAXIMO,
    zoomSnap: 0.25,
    zoomAnimation: !quieto,
    fadeAnimation: !quieto,
    markerZoomAnimation: !quieto,
    zoomControl: false,
  });
  mapa.attributionControl.setPrefix(false).addAttribution(textos.credito);
  // Abajo: arriba taparía el título de un globo, y abajo queda cerca del pulgar.
  L.control.zoom({ position: "bottomright", zoomInTitle: textos.acercar, zoomOutTitle: textos.alejar }).addTo(mapa);
  L.control.scale({ imperial: false }).addTo(mapa);
  const ciudad = L.latLngBounds(ajustes.limites);
  mapa.setMaxBounds(ciudad.pad(0.4));
  // Entre el suelo (400) y los centros (600): primero las colonias, encima los nombres.
  for (const [nombre, altura] of [["colonias", 410], ["rotulos", 450]]) {
    const plano = mapa.createPane(nombre);
    plano.style.zIndex = altura;
    plano.style.pointerEvents = "none";
  }

  const avisar = (texto) => {
    const aviso = document.getElementById("mapa-aviso");
    aviso.textContent = texto;
    aviso.hidden = !texto;
  };

  // ------------------------------------------------------------ el suelo
  const color = (nombre) => getComputedStyle(caja).getPropertyValue(nombre).trim();

  const ponerBase = ({ url, credito, clase }) => {
    caja.classList.add("mapa-con-teselas");
    const opciones = { attribution: credito, zIndex: 1 };
    if (clase === "imagen") {
      L.tileLayer(url, opciones).addTo(mapa);
      return;
    }
    const neutro = { relleno: color("--papel-hondo"), trazo: color("--linea"), ancho: 0.8 };
    new Teselas.Trazos(url, () => neutro, { ...opciones, maxNativeZoom: 14 }).addTo(mapa);
  };

  const ponerColonias = () => {
    const linea = { trazo: color("--linea"), ancho: 0.8 };
    new Teselas.Trazos(ajustes.colonias, () => linea, {
      minZoom: 12,
      maxNativeZoom: 14,
      pane: "colonias",
      bounds: ciudad,
    }).addTo(mapa);
  };

  let rotular = () => {};
  const ponerAlcaldias = (suelo) => {
    const capa = L.geoJSON(suelo, {
      interactive: false,
      style: () => ({ className: "mapa-suelo", weight: 1, fillOpacity: 1, color: null }),
      onEachFeature: (rasgo, figura) =>
        figura.bindTooltip(rasgo.properties.nombre, {
          permanent: true,
          direction: "center",
          className: "mapa-nombre",
          pane: "rotulos",
        }),
    }).addTo(mapa);
    capa.bringToBack();
    const chocan = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const saltos = [0, -20, 20, -34, 34, -52, 52, -70, 70].flatMap((dy) => [0, -24, 24, -44, 44].map((dx) => [dx, dy]));
    // Dentro de su alcaldía y donde ninguna marca lo tape. Falso si no hay dónde.
    const acomodar = (figura, rotulo, puestos) => {
      const trazo = figura.getElement();
      const medio = mapa.latLngToLayerPoint(figura.getTooltip().getLatLng());
      const orilla = rotulo.offsetWidth * 0.35;
      rotulo.style.translate = "none";
      const caja0 = rotulo.getBoundingClientRect();
      return saltos.some(([dx, dy]) => {
        const dentro = [-orilla, 0, orilla].every((d) => trazo.isPointInFill(new DOMPoint(medio.x + dx + d, medio.y + dy)));
        const suyo = new DOMRect(caja0.x + dx, caja0.y + dy, caja0.width, caja0.height);
        if (!dentro || puestos.some((otro) => chocan(suyo, otro))) return false;
        rotulo.style.translate = `${dx}px ${dy}px`;
        return puestos.push(suyo);
      });
    };
    // Un nombre que no cabe en su alcaldía se calla hasta que la persona se acerca.
    rotular = () => {
      const puestos = [...caja.querySelectorAll(".mapa-grupo, .mapa-punto")].map((m) => m.getBoundingClientRect());
      capa.eachLayer((figura) => {
        const rotulo = figura.getTooltip().getElement();
        if (!rotulo) return;
        const suya = figura.getBounds();
        const ancho =
          mapa.latLngToLayerPoint(suya.getSouthEast()).x - mapa.latLngToLayerPoint(suya.getNorthWest()).x;
        const hayLugar = rotulo.offsetWidth < ancho * 0.95 && acomodar(figura, rotulo, puestos);
        rotulo.style.visibility = hayLugar ? "" : "hidden";
      });
    };
    rotular();
  };

  // ------------------------------------------------------------ los centros
  const elegidos = () =>
    new Set([...formulario.querySelectorAll("[name=tipo]:checked")].map((casilla) => casilla.value));

  // Una celda o un centro, ya sin lo que los filtros apagan; nada si no queda ninguno.
  const contar = (propiedades, tipos) => {
    if (propiedades.tipo) return !tipos.size || tipos.has(propiedades.tipo) ? 1 : 0;
    if (!tipos.size) return propiedades.total_centros;
    let total = 0;
    for (const tipo of tipos) total += propiedades[tipo] || 0;
    return total;
  };

  const tipoDe = (propiedades) =>
    propiedades.tipo ||
    Object.keys(propiedades).find((llave) => !["total_centros", "slug", "nombre"].includes(llave));

  const deTeselas = async () => {
    const z = Math.max(PRIMERA_CONTADA, Math.min(TESELAS_HASTA, Math.floor(mapa.getZoom())));
    const vista = Teselas.enVista(mapa.getBounds().pad(0.15), ciudad, z);
    const traidas = await Promise.all(vista.map((t) => centros.pedir(t)));
    const tipos = elegidos();
    return traidas.flatMap((tesela, n) => {
      const capa = tesela && tesela.layers.centros;
      if (!capa) return [];
      return Array.from({ length: capa.length }, (_v, i) => {
        const rasgo = capa.feature(i);
        const [[punto]] = rasgo.loadGeometry();
        return {
          total: contar(rasgo.properties, tipos),
          datos: rasgo.properties,
          donde: Teselas.lugar(vista[n], punto, rasgo.extent),
        };
      }).filter((hallado) => hallado.total);
    });
  };

  const deRasgos = async () => {
    const coleccion = await rasgos;
    const tipos = elegidos();
    return coleccion.features
      .filter(({ properties }) => contar(properties, tipos))
      .map(({ properties, geometry }) => ({
        total: 1,
        datos: properties,
        donde: L.latLng(geometry.coordinates[1], geometry.coordinates[0]),
      }));
  };

  // De mayor a menor, cada uno se lleva a los que quedarían encima de él.
  const agrupar = (hallados) => {
    const acercamiento = mapa.getZoom();
    const lejos = acercamiento >= SEPARADOS_DESDE ? SEPARACION_DE_PUNTOS : SEPARACION;
    const casilla = ({ x, y }) => `${Math.floor(x / lejos)}:${Math.floor(y / lejos)}`;
    const casillas = new Map();
    const pendientes = hallados
      .map((h) => ({ ...h, p: mapa.project(h.donde, acercamiento), tomado: false }))
      .sort((a, b) => b.total - a.total);
    for (const h of pendientes) {
      const llave = casilla(h.p);
      if (!casillas.has(llave)) casillas.set(llave, []);
      casillas.get(llave).push(h);
    }
    const vecinos = ({ x, y }) => {
      const juntos = [];
      for (const dx of [-lejos, 0, lejos]) {
        for (const dy of [-lejos, 0, lejos]) {
          juntos.push(...(casillas.get(casilla({ x: x + dx, y: y + dy })) || []));
        }
      }
      return juntos;
    };
    const grupos = [];
    for (const h of pendientes) {
      if (h.tomado) continue;
      const suyos = vecinos(h.p).filter((v) => !v.tomado && h.p.distanceTo(v.p) < lejos);
      suyos.forEach((v) => { v.tomado = true; });
      const total = suyos.reduce((suma, v) => suma + v.total, 0);
      // En el lugar del mayor, no en el promedio: así dos grupos nunca quedan más cerca que `lejos`.
      grupos.push({ total, suyos, donde: h.donde, unico: total === 1 && suyos[0].datos.slug ? suyos[0].datos : null });
    }
    return grupos;
  };

  // ------------------------------------------------------------ las marcas
  const marcas = new Map();
  const grupoDeMarcas = L.layerGroup().addTo(mapa);
  const numero = new Intl.NumberFormat(document.documentElement.lang);
  const cabe = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });

  const dibujoDe = (tipo) => {
    const nodo = document.querySelector(`[data-tipo="${CSS.escape(tipo || "")}"] svg`);
    return nodo ? nodo.cloneNode(true) : "";
  };

  const icono = ({ total, unico }) => {
    if (unico) return L.divIcon({ className: "mapa-punto", html: dibujoDe(tipoDe(unico)), iconSize: [32, 32] });
    const lado = total < 10 ? 36 : total < 100 ? 42 : total < 1000 ? 50 : 60;
    const texto = total < 10000 ? numero.format(total) : cabe.format(total);
    return L.divIcon({ className: "mapa-grupo", html: texto, iconSize: [lado, lado] });
  };

  const nombrar = (marca, { total, unico }) => {
    const nodo = marca.getElement();
    const tipo = unico && document.querySelector(`[data-tipo="${CSS.escape(tipoDe(unico) || "")}"] [data-nombre]`);
    nodo.setAttribute(
      "aria-label",
      unico
        ? [unico.nombre, tipo && tipo.textContent.trim()].filter(Boolean).join(", ")
        : textos.grupo.replace("{n}", numero.format(total)),
    );
  };

  const marcar = (grupo) => {
    const marca = L.marker(grupo.donde, {
      icon: icono(grupo),
      keyboard: true,
      title: grupo.unico ? grupo.unico.nombre : "",
      riseOnHover: true,
    });
    marca.on("add", () => nombrar(marca, grupo));
    const abrir = () => (grupo.unico ? abrirGlobo([grupo.unico], grupo.donde) : acercarse(grupo));
    marca.on("click", abrir);
    // Leaflet solo entiende Intro en las marcas que traen su globo puesto.
    marca.on("keydown", ({ originalEvent }) => {
      if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault();
      abrir();
    });
    return marca;
  };

  const llaveDe = ({ total, unico, donde }) =>
    unico ? unico.slug : `${mapa.getZoom()}/${donde.lat.toFixed(4)}/${donde.lng.toFixed(4)}/${total}`;

  let turno = 0;
  const dibujar = async () => {
    const mio = (turno += 1);
    try {
      const hallados = await (ajustes.rasgos ? deRasgos() : deTeselas());
      if (mio !== turno) return; // ya se movió otra vez
      const vista = mapa.getBounds().pad(0.15);
      const nuevos = new Map(
        agrupar(hallados).filter((g) => vista.contains(g.donde)).map((g) => [llaveDe(g), g]),
      );
      for (const [llave, marca] of marcas) {
        if (nuevos.has(llave)) continue;
        grupoDeMarcas.removeLayer(marca);
        marcas.delete(llave);
      }
      for (const [llave, grupo] of nuevos) {
        if (marcas.has(llave)) continue;
        marcas.set(llave, marcar(grupo));
        grupoDeMarcas.addLayer(marcas.get(llave));
      }
      rotular();
      caja.dataset.listo = String(mio);
      avisar(nuevos.size || !ciudad.contains(mapa.getBounds()) ? "" : textos.vacio);
    } catch {
      avisar(textos.fallo);
    }
  };

  const acercarse = (grupo) => {
    caja.focus({ preventScroll: true }); // la marca se va: el foco se queda en el mapa
    if (mapa.getZoom() >= ACERCAMIENTO_MAXIMO) {
      const conPagina = grupo.suyos.map((s) => s.datos).filter((d) => d.slug);
      if (conPagina.length) abrirGlobo(conPagina, grupo.donde);
      return;
    }
    const limites = L.latLngBounds(grupo.suyos.map((s) => s.donde));
    const ajustado = mapa.getBoundsZoom(limites, false, L.point(48, 48));
    const acercamiento = Math.min(ACERCAMIENTO_MAXIMO, Math.max(ajustado, mapa.getZoom() + 1));
    mapa.setView(limites.getCenter(), Math.min(acercamiento, mapa.getZoom() + 4), { animate: !quieto });
  };

  // ------------------------------------------------------------ el globo
  const JUNTOS = 6;

  // El servidor ya escapó los nombres; y lo que sale de aquí no ejecuta nada aunque quisiera.
  const enNodos = (html) => new DOMParser().parseFromString(html, "text/html").body.children;

  const traerResumen = async ({ slug }) => {
    const respuesta = await fetch(ajustes.resumen.replace("/0.json", `/${slug}.json`));
    if (!respuesta.ok) throw new Error(String(respuesta.status));
    return (await respuesta.json()).html;
  };

  const abrirGlobo = async (datos, donde) => {
    const nodo = document.createElement("div");
    nodo.className = "globo";
    nodo.tabIndex = -1;
    nodo.textContent = textos.cargando;
    const ancho = Math.min(320, caja.clientWidth - 88);
    const alto = Math.min(380, caja.clientHeight - 90);
    const globo = L.popup({ minWidth: Math.min(240, ancho), maxWidth: ancho, maxHeight: alto, autoPanPadding: [16, 16] })
      .setLatLng(donde)
      .setContent(nodo)
      .openOn(mapa);
    try {
      const resumenes = await Promise.all(datos.slice(0, JUNTOS).map(traerResumen));
      nodo.replaceChildren(...resumenes.flatMap((html) => [...enNodos(html)]));
    } catch {
      nodo.textContent = textos.fallo;
    }
    globo.update();
    nodo.focus({ preventScroll: true });
  };

  mapa.on("popupopen", ({ popup }) => {
    const cerrar = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (cerrar) cerrar.setAttribute("aria-label", textos.cerrar);
  });
  mapa.on("popupclose", ({ popup }) => {
    if (!popup.getElement() || !popup.getElement().contains(document.activeElement)) return;
    const marca = [...marcas.values()].find((m) => m.getLatLng().equals(popup.getLatLng()));
    ((marca && marca.getElement()) || caja).focus({ preventScroll: true });
  });
  caja.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") mapa.closePopup();
  });

  // ------------------------------------------------------------ lo que la dirección dice
  const centros = new Teselas.Fuente(ajustes.centros);
  const rasgos =
    ajustes.rasgos &&
    fetch(ajustes.rasgos).then((r) => (r.ok ? r.json() : Promise.reject(new Error(String(r.status)))));

  // #12/19.43/-99.13: el lugar que se mira, para compartirlo. El fragmento no viaja al servidor.
  const deLaDireccion = () => {
    const partes = window.location.hash.match(/^#(\d{1,2}(?:\.\d+)?)\/(-?\d+\.?\d*)\/(-?\d+\.?\d*)$/);
    const lugar = partes && L.latLng(Number(partes[2]), Number(partes[3]));
    return lugar && ciudad.pad(0.4).contains(lugar) ? { lugar, z: Number(partes[1]) } : null;
  };
  const recordar = () => {
    const { lat, lng } = mapa.getCenter();
    const z = Math.round(mapa.getZoom() * 100) / 100;
    window.history.replaceState(null, "", `#${z}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
  };

  const empezar = async () => {
    const pedido = deLaDireccion();
    if (pedido) {
      mapa.setView(pedido.lugar, pedido.z, { animate: false });
    } else if (ajustes.desde) {
      mapa.setView([ajustes.desde.lat, ajustes.desde.lon], ajustes.desde.z, { animate: false });
    } else {
      mapa.fitBounds(ciudad, { animate: false });
      const hallados = ajustes.rasgos ? await deRasgos().catch(() => []) : [];
      if (hallados.length) {
        mapa.fitBounds(L.latLngBounds(hallados.map((h) => h.donde)), { padding: [32, 32], maxZoom: 15, animate: false });
      }
    }
    if (ajustes.desde) {
      const { lat, lon, nombre } = ajustes.desde;
      const aqui = L.divIcon({ className: "mapa-aqui", iconSize: [20, 20] });
      L.marker([lat, lon], { icon: aqui, keyboard: false, interactive: false, zIndexOffset: -500, title: nombre || textos.aqui }).addTo(mapa);
    }
    mapa.on("moveend", dibujar);
    mapa.on("moveend", recordar);
    dibujar();
  };

  // Encender y apagar tipos: el mapa cambia al momento; la lista y las cuentas, con lo que diga el servidor.
  const cambiarLista = async () => {
    const url = new URL(window.location.href);
    url.search = new URLSearchParams([...new FormData(formulario)].filter(([, valor]) => valor)).toString();
    window.history.replaceState(null, "", url);
    const lista = document.getElementById("lista");
    lista.setAttribute("aria-busy", "true");
    try {
      const texto = await (await fetch(url)).text();
      const nueva = new DOMParser().parseFromString(texto, "text/html").getElementById("lista");
      if (nueva) lista.replaceChildren(...nueva.childNodes);
    } finally {
      lista.removeAttribute("aria-busy");
    }
  };
  const aplicar = formulario.querySelector(".capas .boton");
  if (aplicar) aplicar.hidden = true; // marcar ya cambia todo
  formulario.addEventListener("change", ({ target }) => {
    if (target.name !== "tipo") return;
    dibujar();
    cambiarLista();
  });

  if (ajustes.base) ponerBase(ajustes.base);
  fetch(ajustes.suelo)
    .then((respuesta) => respuesta.json())
    .then(ponerAlcaldias)
    .catch(() => {}); // sin suelo, los centros y la lista siguen
  ponerColonias();
  empezar();
})();
