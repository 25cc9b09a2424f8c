// Notificaciones en este aparato: mejora sobre el correo. Si el navegador no puede, no se ve nada.
(() => {
  "use strict";
  const caja = document.querySelector("[data-avisos]");
  const puede = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!caja || !puede || !caja.dataset.llave) return;
  const textos = caja.dataset;
  const formulario = document.querySelector(".formulario-avisos");
  const seguir = caja.querySelector("[data-seguir]");
  const dejar = caja.querySelector("[data-dejar]");
  const mensaje = caja.querySelector("[data-mensaje]");
  caja.hidden = false;

  const enBytes = (texto) => {
    const base = texto.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(window.atob(base + "=".repeat(-base.length & 3)), (c) => c.charCodeAt(0));
  };

  const alcance = () => {
    const pedido = {};
    for (const [campo, valor] of new FormData(formulario)) {
      if (!valor || ["correo", "motivos", "sitio_web"].includes(campo)) continue;
      if (campo === "programa") pedido.programa = valor;
      else (pedido[campo] ||= []).push(valor);
    }
    return pedido;
  };

  const llamar = async (metodo, datos) => {
    const respuesta = await fetch(textos.ruta, {
      method: metodo,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(datos),
    });
    if (!respuesta.ok) throw new Error(String(respuesta.status));
  };

  const actual = async () => {
    const registro = await navigator.serviceWorker.getRegistration("/");
    return registro ? registro.pushManager.getSubscription() : null;
  };

  const pedir = async () => {
    const pedido = alcance();
    if (Object.keys(pedido).length === 0) return textos.falta;
    if ((await Notification.requestPermission()) !== "granted") return textos.negado;
    await navigator.serviceWorker.register(textos.guion, { scope: "/" });
    const registro = await navigator.serviceWorker.ready;
    const suscripcion = await registro.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: enBytes(textos.llave),
    });
    const motivos = new FormData(formulario).getAll("motivos");
    await llamar("POST", { ...suscripcion.toJSON(), alcance: pedido, motivos });
    dejar.hidden = false;
    return textos.listo;
  };

  const olvidar = async () => {
    const suscripcion = await actual();
    if (suscripcion) {
      await llamar("DELETE", { endpoint: suscripcion.endpoint });
      await suscripcion.unsubscribe();
    }
    dejar.hidden = true;
    return textos.quitado;
  };

  const alOprimir = (boton, hacer) => {
    boton.addEventListener("click", async () => {
      boton.disabled = true;
      mensaje.textContent = await hacer().catch(() => textos.falla);
      boton.disabled = false;
    });
  };
  alOprimir(seguir, pedir);
  alOprimir(dejar, olvidar);
  actual().then((suscripcion) => { dejar.hidden = !suscripcion; }, () => {});
})();
