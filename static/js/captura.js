// La sección de una regla, con guion: guarda el borrador sola, dice la verdad sobre si se guardó,
// avisa quién más está, y mueve renglones sin recargar. Sin él, todo sigue siendo un POST.
(() => {
  "use strict";
  const ESPERA = 2500; // ms sin teclear antes de guardar el borrador
  const LATIDO = 20000;
  const PLAZO = 15000;

  const formulario = document.getElementById("captura");
  if (!formulario) return;
  const textos = formulario.dataset;
  const aviso = document.getElementById("aviso-de-borrador");
  const presencia = document.getElementById("presencia");
  // Sin nada de nadie: la regla, la sección y un número de esta pestaña.
  const PREFIJO = `sibis-captura-${textos.llave}-`;
  const pestana = `${PREFIJO}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

  let reloj = 0;
  let pidiendo = false;
  let saliendo = false;
  let enServidor = tecleado();

  // La galleta trae la llave de hoy: si alguien volvió a entrar en otra pestaña, la del formulario ya no vale.
  function llaveDeHoy() {
    const par = document.cookie.split("; ").find((c) => /csrf/i.test(c.split("=")[0]));
    return par ? par.slice(par.indexOf("=") + 1) : formulario.elements.csrfmiddlewaretoken.value;
  }

  function datos() {
    const todo = new FormData(formulario);
    todo.delete("csrfmiddlewaretoken");
    return todo;
  }

  function tecleado() {
    const fuera = /^(csrfmiddlewaretoken|firma_de_pagina|visto|base_edicion|bases|conflicto)$/;
    return JSON.stringify([...new FormData(formulario)].filter(([nombre]) => !fuera.test(nombre)));
  }

  const hayCambios = () => tecleado() !== enServidor;

  function decir(texto, ...mas) {
    if (!aviso) return;
    aviso.replaceChildren(document.createTextNode(`${texto} `), ...mas);
  }

  function enEsteEquipo() {
    try {
      localStorage.setItem(pestana, JSON.stringify({ hora: Date.now(), pares: JSON.parse(tecleado()) }));
    } catch {
      // Sin espacio o sin permiso: queda el servidor.
    }
  }

  function olvidarAqui() {
    try {
      localStorage.removeItem(pestana);
    } catch {
      // Igual que arriba.
    }
  }

  function boton(texto, hacer) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "button";
    b.textContent = texto;
    b.addEventListener("click", hacer);
    return b;
  }

  function enlaceDeEntrada() {
    const a = document.createElement("a");
    a.href = textos.urlEntrar;
    a.target = "_blank";
    a.rel = "noopener";
    a.textContent = textos.entrar;
    return a;
  }

  async function pedir(cuerpo, opciones = {}) {
    const respuesta = await fetch(textos.borrador, {
      method: "POST",
      body: cuerpo,
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

  async function guardar({ aqui = false, latido = false } = {}) {
    if (pidiendo || saliendo) return;
    const cuerpo = datos();
    const escrito = tecleado();
    if (latido) cuerpo.set("latido", "1");
    if (aqui) cuerpo.set("aqui", "1");
    pidiendo = true;
    try {
      atender(await pedir(cuerpo), escrito);
    } catch {
      if (hayCambios()) decir(textos.sinConexion);
    } finally {
      pidiendo = false;
    }
    if (!latido && hayCambios()) programar(ESPERA);
  }

  function atender(dicho, escrito) {
    if (dicho.presentes) mostrarPresentes(dicho);
    if (dicho.estado === "guardado") {
      enServidor = escrito;
      formulario.elements.visto.value = dicho.visto;
      if (!hayCambios()) olvidarAqui();
      decir(dicho.mensaje);
    } else if (dicho.estado === "sin_sesion") {
      enEsteEquipo();
      decir(textos.sinSesion, enlaceDeEntrada());
    } else if (dicho.estado === "otra_pestana") {
      decir(dicho.mensaje, boton(textos.usarEsta, () => guardar({ aqui: true })));
    } else if (dicho.estado !== "vivo") {
      decir(dicho.mensaje || textos.falla);
    }
  }

  function mostrarPresentes({ presentes, aviso: otro }) {
    const partes = [];
    if (presentes.length) partes.push(`${textos.presente} ${presentes.join(", ")}.`);
    if (otro) partes.push(otro);
    const texto = partes.join(" ");
    if (presencia.textContent !== texto) presencia.textContent = texto;
    presencia.hidden = !texto;
  }

  function programar(ms) {
    clearTimeout(reloj);
    reloj = setTimeout(() => (hayCambios() ? guardar() : undefined), ms);
  }

  function alTeclear() {
    if (!hayCambios()) return;
    enEsteEquipo();
    decir(navigator.onLine ? textos.escribiendo : textos.sinConexion);
    programar(ESPERA);
  }

  // Lo que quedó en este equipo porque no alcanzó a llegar: se ofrece, no se impone.
  function ofrecerLoDeAqui() {
    let claves = [];
    try {
      claves = Object.keys(localStorage).filter((clave) => clave.startsWith(PREFIJO) && clave !== pestana);
    } catch {
      return;
    }
    claves.forEach((clave) => {
      const quitar = () => localStorage.removeItem(clave);
      let guardado = null;
      try {
        guardado = JSON.parse(localStorage.getItem(clave));
      } catch {
        guardado = null;
      }
      if (!guardado || JSON.stringify(guardado.pares) === tecleado()) return quitar();
      const caja = document.createElement("div");
      caja.className = "nota-de-campo local";
      const p = document.createElement("p");
      const hora = new Date(guardado.hora).toLocaleTimeString("es-MX", { hour: "2-digit", minute: "2-digit" });
      p.textContent = `${textos.local} ${hora}.`;
      const recuperar = boton(textos.recuperar, () => {
        quitar();
        mandarComoBorrador(guardado.pares);
      });
      const tirar = boton(textos.quitar, () => {
        quitar();
        caja.remove();
      });
      caja.append(p, recuperar, document.createTextNode(" "), tirar);
      formulario.before(caja);
    });
  }

  // El servidor sabe volver a pintar lo tecleado, también con más renglones: se le da y se recarga.
  async function mandarComoBorrador(pares) {
    const cuerpo = new FormData();
    pares.forEach(([nombre, valor]) => cuerpo.append(nombre, valor));
    ["base_edicion", "bases"].forEach((n) => cuerpo.set(n, formulario.elements[n].value));
    cuerpo.set("aqui", "1");
    try {
      const dicho = await pedir(cuerpo);
      if (dicho.estado === "guardado") {
        saliendo = true;
        location.reload();
      } else atender(dicho, "");
    } catch {
      decir(textos.sinConexion);
    }
  }

  // Subir, bajar, quitar, agregar: el mismo POST, sin perder el lugar en la página.
  async function sinRecargar(evento) {
    const quien = evento.submitter;
    const accion = quien ? quien.value : "";
    formulario.elements.csrfmiddlewaretoken.value = llaveDeHoy();
    if (!/^(agregar|quitar|subir|bajar):/.test(accion)) {
      saliendo = true;
      clearTimeout(reloj);
      return;
    }
    evento.preventDefault();
    const cuerpo = new FormData(formulario);
    cuerpo.set("accion", accion);
    try {
      const respuesta = await fetch(formulario.action, { method: "POST", body: cuerpo, signal: AbortSignal.timeout(PLAZO) });
      const nuevo = new DOMParser().parseFromString(await respuesta.text(), "text/html");
      const contenido = nuevo.getElementById("captura");
      if (!respuesta.ok || !contenido) throw new Error("sin formulario");
      const todo = contenido.querySelector("fieldset.todo");
      formulario.querySelector("fieldset.todo").replaceWith(todo);
      ["visto", "base_edicion", "bases"].forEach((n) => {
        formulario.elements[n].value = contenido.elements[n].value;
      });
      enServidor = tecleado();
      olvidarAqui();
      enfocar(new URL(respuesta.url).hash.slice(1), accion);
    } catch {
      enEsteEquipo();
      decir(textos.sinConexion);
    }
  }

  function enfocar(ancla, accion) {
    const [que, lista] = accion.split(":");
    const cuantos = formulario.querySelectorAll(`fieldset[id^="${lista}-"]`).length;
    // El hash no llega en la respuesta de fetch: el renglón nuevo es el último.
    const destino = document.getElementById(ancla) || document.getElementById(que === "agregar" ? `${lista}-${cuantos - 1}` : `campo-${lista}`);
    const casilla = destino && destino.querySelector("input:not([type=hidden]), textarea, select, button");
    if (casilla) casilla.focus();
  }

  function alSalir() {
    if (saliendo || !hayCambios()) return;
    enEsteEquipo();
    pedir(datos(), { keepalive: true }).catch(() => undefined);
  }

  formulario.addEventListener("input", alTeclear);
  formulario.addEventListener("change", alTeclear);
  formulario.addEventListener("submit", sinRecargar);
  window.addEventListener("online", () => hayCambios() && guardar());
  window.addEventListener("offline", () => hayCambios() && decir(textos.sinConexion));
  window.addEventListener("pagehide", alSalir);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") guardar({ latido: !hayCambios() });
    else alSalir();
  });
  setInterval(() => guardar({ latido: !hayCambios() }), LATIDO);
  ofrecerLoDeAqui();
  guardar({ latido: true });
})();
