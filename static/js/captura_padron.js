// Capturar un padrón a mano, con guion: cada renglón se guarda y se revisa solo mientras se escribe, se anda
// como en una hoja y se pega de ella. Sin él, los botones hacen lo mismo.

const ESPERA = 1200; // ms sin teclear antes de guardar
const REINTENTO = 8000;
const PLAZO = 20000;
const UN_DIA = 24 * 60 * 60 * 1000;
const ICONOS = { bloquea: "✕", avisa: "▲", informa: "ⓘ" };

const formulario = document.getElementById("captura-padron");
if (formulario) empezar(formulario);

function empezar(formulario) {
  const textos = formulario.dataset;
  const aviso = document.getElementById("captura-aviso");
  const cuerpo = formulario.querySelector(".captura-hoja tbody");
  const totales = formulario.querySelector("[data-totales]");
  // De cuál captura y de quién: lo que se queda en este equipo no se le ofrece a otra persona.
  const PREFIJO = `sibis-captura-padron-${textos.hoja}-`;
  const pestana = `${PREFIJO}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const pendientes = new Set();
  const molde = [...cuerpo.querySelectorAll("tr.fila-nuevo")].at(-1)?.cloneNode(true);
  let reloj = 0;
  let pidiendo = false;
  let saliendo = false;

  const renglones = () => [...cuerpo.querySelectorAll("tr[data-clave]")];
  const renglon = (clave) => cuerpo.querySelector(`tr[data-clave="${clave}"]`);
  const casillas = (fila) => [...fila.querySelectorAll("input[data-columna]")];
  const valores = (fila) => Object.fromEntries(casillas(fila).map((c) => [c.dataset.columna, c.value]));
  const escondido = (fila, letra) => fila.querySelector(`input[name="${letra}-${fila.dataset.clave}"]`);
  const tieneAlgo = (fila) => casillas(fila).some((c) => c.value.trim());

  // La galleta trae la llave de hoy: si alguien volvió a entrar en otra pestaña, la del formulario ya no vale.
  function llaveDeHoy() {
    const par = document.cookie.split("; ").find((c) => /csrf/i.test(c.split("=")[0]));
    return par ? par.slice(par.indexOf("=") + 1) : formulario.elements.csrfmiddlewaretoken.value;
  }

  function decir(texto, ...mas) {
    aviso.replaceChildren(document.createTextNode(`${texto} `), ...mas);
  }

  function boton(texto, hacer) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "button";
    b.textContent = texto;
    b.addEventListener("click", hacer);
    return b;
  }

  // --- lo que aún no llega al servidor, en este equipo y solo mientras no llega ---

  function enEsteEquipo() {
    const suyos = {};
    pendientes.forEach((clave) => {
      const fila = renglon(clave);
      if (fila) suyos[clave] = { celdas: valores(fila), edicion: escondido(fila, "e").value };
    });
    try {
      if (pendientes.size) localStorage.setItem(pestana, JSON.stringify({ hora: Date.now(), renglones: suyos }));
      else localStorage.removeItem(pestana);
    } catch {
      // Sin espacio o sin permiso: queda el servidor.
    }
  }

  function guardadosAqui() {
    const hallados = [];
    try {
      Object.keys(localStorage)
        .filter((clave) => clave.startsWith(PREFIJO) && clave !== pestana)
        .forEach((clave) => {
          const dicho = JSON.parse(localStorage.getItem(clave) || "null");
          if (dicho && Date.now() - dicho.hora < UN_DIA) hallados.push([clave, dicho]);
          else localStorage.removeItem(clave);
        });
    } catch {
      return [];
    }
    return hallados;
  }

  function ofrecerLoDeAqui() {
    guardadosAqui().forEach(([llave, dicho]) => {
      const faltan = Object.entries(dicho.renglones).filter(([clave, suyo]) => {
        const fila = renglon(clave);
        return !fila || Object.entries(suyo.celdas).some(([c, v]) => (valores(fila)[c] ?? "") !== v);
      });
      if (!faltan.length) return localStorage.removeItem(llave);
      const caja = document.createElement("div");
      caja.className = "nota-de-campo local";
      const p = document.createElement("p");
      const hora = new Date(dicho.hora).toLocaleTimeString("es-MX", { hour: "2-digit", minute: "2-digit", hour12: false });
      p.textContent = `${textos.local} ${hora}.`;
      const tirar = () => {
        localStorage.removeItem(llave);
        caja.remove();
      };
      caja.append(p, boton(textos.recuperar, () => recuperar(faltan, tirar)), " ", boton(textos.tirar, tirar));
      formulario.before(caja);
    });
  }

  async function recuperar(faltan, tirar) {
    const datos = base();
    faltan.forEach(([clave, suyo]) => {
      datos.append(`e-${clave}`, suyo.edicion);
      Object.entries(suyo.celdas).forEach(([columna, valor]) => datos.append(`c-${clave}-${columna}`, valor));
    });
    try {
      const dicho = await pedir(datos);
      if (dicho.estado !== "guardado") return atender(dicho, new Map());
      const choca = Object.keys(dicho.chocan).some((clave) => renglon(clave));
      tirar();
      if (!choca) {
        saliendo = true;
        return location.reload();
      }
      Object.keys(dicho.chocan).forEach((clave) => poner(clave, Object.fromEntries(faltan)[clave].celdas));
      atender(dicho, new Map());
    } catch {
      decir(textos.sinConexion);
    }
  }

  function poner(clave, celdas) {
    const fila = renglon(clave);
    if (!fila) return;
    casillas(fila).forEach((c) => {
      c.value = celdas[c.dataset.columna] ?? c.value;
    });
    pendientes.add(clave);
  }

  // --- guardar ---

  function base() {
    const datos = new FormData();
    datos.append("accion", "solo");
    datos.append("columnas_vistas", formulario.elements.columnas_vistas.value);
    datos.append("abiertas", renglones().map((f) => f.dataset.clave).slice(0, 100).join(","));
    return datos;
  }

  async function pedir(datos, opciones = {}) {
    const respuesta = await fetch(formulario.getAttribute("action"), {
      method: "POST",
      body: datos,
      headers: { Accept: "application/json", "X-CSRFToken": llaveDeHoy() },
      credentials: "same-origin",
      redirect: "manual",
      signal: opciones.keepalive ? undefined : AbortSignal.timeout(PLAZO),
      ...opciones,
    });
    if (respuesta.type === "opaqueredirect" || respuesta.status === 401) return { estado: "sin_sesion" };
    const esJson = (respuesta.headers.get("Content-Type") || "").includes("json");
    return esJson ? respuesta.json() : { estado: "no_guardado" };
  }

  function conPendientes() {
    const datos = base();
    const mandado = new Map();
    pendientes.forEach((clave) => {
      const fila = renglon(clave);
      if (!fila || fila.classList.contains("fila-choca")) return;
      mandado.set(clave, JSON.stringify(valores(fila)));
      ["e", "h"].forEach((letra) => datos.append(`${letra}-${clave}`, escondido(fila, letra).value));
      casillas(fila).forEach((c) => datos.append(c.name, c.value));
    });
    return [datos, mandado];
  }

  async function guardar() {
    if (pidiendo || saliendo) return;
    const [datos, mandado] = conPendientes();
    if (!mandado.size) return;
    pidiendo = true;
    decir(textos.guardando);
    let espera = ESPERA;
    try {
      const dicho = await pedir(datos);
      if (dicho.estado !== "guardado") espera = REINTENTO;
      atender(dicho, mandado);
    } catch {
      espera = REINTENTO;
      decir(textos.sinConexion);
    } finally {
      pidiendo = false;
    }
    if ([...pendientes].some((clave) => !renglon(clave)?.classList.contains("fila-choca"))) programar(espera);
  }

  function atender(dicho, mandado) {
    if (dicho.estado === "sin_sesion") {
      const a = document.createElement("a");
      a.href = textos.urlEntrar;
      a.target = "_blank";
      a.rel = "noopener";
      a.textContent = textos.entrar;
      return decir(textos.sinSesion, a);
    }
    if (dicho.estado !== "guardado") return decir(dicho.mensaje || textos.falla);
    mandado.forEach((antes, clave) => {
      const fila = renglon(clave);
      if (fila && !dicho.chocan[clave] && JSON.stringify(valores(fila)) === antes) pendientes.delete(clave);
    });
    Object.entries(dicho.renglones).forEach(([clave, suyo]) => pintar(clave, suyo, Boolean(dicho.chocan[clave])));
    Object.entries(dicho.chocan).forEach(([clave, suyo]) => comparar(clave, suyo));
    totales.replaceChildren(...new DOMParser().parseFromString(dicho.totales, "text/html").body.childNodes);
    enEsteEquipo();
    if (pendientes.size) return decir(textos.escribiendo);
    const hora = new Date().toLocaleTimeString("es-MX", { hour: "2-digit", minute: "2-digit", hour12: false });
    return decir(`${textos.guardado} ${hora}.`);
  }

  // --- lo que el motor dice de cada renglón ---

  function pintar(clave, suyo, choca) {
    const fila = renglon(clave);
    if (!fila) return;
    escondido(fila, "e").value = suyo.edicion;
    escondido(fila, "h").value = suyo.huella;
    fila.querySelector("[data-actos]").hidden = false;
    if (!choca && !pendientes.has(clave)) delete fila.dataset.porGuardar;
    if (fila.classList.contains("fila-choca") || choca) return;
    fila.className = `fila-${suyo.clase}`;
    fila.querySelector("[data-estado]").textContent = {
      bloquea: `✕ ${textos.noEntra}`,
      avisa: `▲ ${textos.conAviso}`,
      bien: `✓ ${textos.listo}`,
    }[suyo.clase];
    fila.querySelectorAll("[data-dichos]").forEach((lista) => {
      const suyos = suyo.dichos.filter(([columna]) => columna === lista.dataset.dichos);
      const antes = lista.textContent;
      const nuevos = suyos.map(([, severidad, palabra, mensaje]) => renglonDicho(severidad, palabra, mensaje));
      if (antes !== nuevos.map((li) => li.textContent).join("")) lista.replaceChildren(...nuevos);
      const celda = lista.closest("td");
      if (!celda) return;
      const bloquea = suyos.some(([, severidad]) => severidad === "bloquea");
      celda.classList.toggle("celda-bloquea", bloquea);
      const casilla = celda.querySelector("input[data-columna]");
      if (bloquea) casilla.setAttribute("aria-invalid", "true");
      else casilla.removeAttribute("aria-invalid");
    });
  }

  function renglonDicho(severidad, palabra, mensaje) {
    const li = document.createElement("li");
    li.className = `hallazgo-${severidad}`;
    const icono = document.createElement("span");
    icono.setAttribute("aria-hidden", "true");
    icono.textContent = ICONOS[severidad];
    const fuerte = document.createElement("strong");
    fuerte.textContent = `${palabra}.`;
    li.append(icono, " ", fuerte, ` ${mensaje}`);
    return li;
  }

  // Dos personas en el mismo renglón: los dos textos, celda por celda, y elige quien llegó después.
  function comparar(clave, { mensaje, suyo }) {
    const fila = renglon(clave);
    if (!fila) return;
    fila.className = "fila-choca";
    fila.querySelector("[data-estado]").textContent = `! ${textos.choca}`;
    fila.querySelectorAll(".captura-suyo").forEach((p) => p.remove());
    const dicho = fila.querySelector("[data-mensaje]");
    dicho.hidden = false;
    dicho.replaceChildren(
      `${mensaje} `,
      boton(textos.loMio, () => resolver(clave)),
      " ",
      boton(textos.loSuyo, () => {
        casillas(fila).forEach((c) => {
          c.value = suyo[c.dataset.columna] ?? "";
        });
        resolver(clave);
      }),
    );
    casillas(fila).forEach((c) => {
      const guardado = suyo[c.dataset.columna] ?? "";
      if (guardado === c.value) return;
      const p = document.createElement("p");
      p.className = "celda-nota captura-suyo";
      const fuerte = document.createElement("strong");
      fuerte.textContent = guardado || textos.vacia;
      p.append(`${textos.quedo} `, fuerte);
      c.after(p);
    });
  }

  // La edición y la huella ya son las de hoy: lo que quede en las casillas es lo que se guarda.
  function resolver(clave) {
    const fila = renglon(clave);
    fila.querySelectorAll(".captura-suyo").forEach((p) => p.remove());
    const dicho = fila.querySelector("[data-mensaje]");
    dicho.hidden = true;
    dicho.replaceChildren();
    fila.className = "fila-bien";
    escondido(fila, "h").value = "";
    pendientes.add(clave);
    guardar();
  }

  // --- teclear, andar y pegar como en una hoja ---

  function programar(ms) {
    clearTimeout(reloj);
    reloj = setTimeout(guardar, ms);
  }

  function alTeclear(evento) {
    const fila = evento.target.closest("tr[data-clave]");
    if (!fila || !evento.target.dataset.columna) return;
    pendientes.add(fila.dataset.clave);
    fila.dataset.porGuardar = "";
    enEsteEquipo();
    decir(navigator.onLine ? textos.escribiendo : textos.sinConexion);
    if (!fila.nextElementSibling && tieneAlgo(fila)) agregar(fila);
    if (!fila.classList.contains("fila-choca")) programar(ESPERA);
  }

  function agregar(ultima) {
    if (!molde) return;
    const clave = crypto.randomUUID ? crypto.randomUUID() : uuid();
    const nueva = molde.cloneNode(true);
    const antes = molde.dataset.clave;
    const numero = Number(ultima.querySelector(".fila-numero").textContent) + 1;
    [nueva, ...nueva.querySelectorAll("*")].forEach((nodo) => {
      [...nodo.attributes].forEach((a) => {
        if (a.value.includes(antes)) nodo.setAttribute(a.name, a.value.replaceAll(antes, clave));
      });
      const nombre = nodo.getAttribute("aria-label");
      if (nombre) nodo.setAttribute("aria-label", nombre.replace(/\d+$/, String(numero)));
    });
    casillas(nueva).forEach((c) => {
      c.value = "";
    });
    nueva.querySelector(".fila-numero").textContent = numero;
    ultima.after(nueva);
  }

  function uuid() {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const h = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
    return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
  }

  function alAndar(evento) {
    const casilla = evento.target;
    if (!casilla.dataset.columna || evento.isComposing) return;
    const flecha = !casilla.list && ["ArrowDown", "ArrowUp"].includes(evento.key);
    if (evento.key !== "Enter" && !flecha) return;
    evento.preventDefault();
    const arriba = evento.key === "ArrowUp" || (evento.key === "Enter" && evento.shiftKey);
    const fila = casilla.closest("tr");
    const otra = arriba ? fila.previousElementSibling : fila.nextElementSibling;
    const destino = otra?.querySelector(`input[data-columna="${casilla.dataset.columna}"]`);
    if (!destino) return;
    destino.focus();
    destino.select();
  }

  function alPegar(evento) {
    const casilla = evento.target;
    const texto = evento.clipboardData?.getData("text/plain") ?? "";
    if (!casilla.dataset?.columna || !/[\t\n]/.test(texto.trim())) return;
    evento.preventDefault();
    formulario.elements.pegado.value = texto;
    formulario.elements.desde.value = casilla.dataset.columna;
    formulario.querySelector("[data-pegar]").open = true;
    formulario.elements.pegado.focus();
    if (!navigator.onLine) return decir(textos.sinConexion);
    formulario.requestSubmit(formulario.querySelector('button[value="pegar"]'));
  }

  // Al salir del renglón no hay que esperar.
  function alSalirDelRenglon(evento) {
    const fila = evento.target.closest("tr[data-clave]");
    const va = evento.relatedTarget?.closest?.("tr[data-clave]");
    if (fila && fila !== va && pendientes.has(fila.dataset.clave)) programar(150);
  }

  function alIrse() {
    if (saliendo || !pendientes.size) return;
    enEsteEquipo();
    pedir(conPendientes()[0], { keepalive: true }).catch(() => undefined);
  }

  formulario.addEventListener("input", alTeclear);
  formulario.addEventListener("keydown", alAndar);
  formulario.addEventListener("paste", alPegar);
  formulario.addEventListener("focusout", alSalirDelRenglon);
  formulario.addEventListener("submit", () => {
    formulario.elements.csrfmiddlewaretoken.value = llaveDeHoy();
    saliendo = true;
    clearTimeout(reloj);
  });
  window.addEventListener("pageshow", () => {
    saliendo = false;
  });
  window.addEventListener("online", () => pendientes.size && guardar());
  window.addEventListener("offline", () => pendientes.size && decir(textos.sinConexion));
  window.addEventListener("pagehide", alIrse);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") alIrse();
    else guardar();
  });
  renglones()
    .filter((fila) => "porGuardar" in fila.dataset)
    .forEach((fila) => pendientes.add(fila.dataset.clave));
  ofrecerLoDeAqui();
  if (pendientes.size) programar(ESPERA);
}
