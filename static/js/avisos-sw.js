// Guion de servicio: enseña la notificación y abre su página. No guarda nada ni atiende peticiones.
"use strict";

self.addEventListener("push", (evento) => {
  let aviso = {};
  try {
    aviso = evento.data ? evento.data.json() : {};
  } catch {
    return;
  }
  if (!aviso.titulo) return;
  evento.waitUntil(
    self.registration.showNotification(aviso.titulo, {
      body: aviso.detalle || "",
      lang: "es",
      tag: aviso.titulo,
      data: { url: aviso.url },
    }),
  );
});

self.addEventListener("notificationclick", (evento) => {
  evento.notification.close();
  const url = new URL(evento.notification.data.url || "/", self.location.origin);
  // Solo páginas de este sitio, diga lo que diga el mensaje.
  if (url.origin === self.location.origin) evento.waitUntil(self.clients.openWindow(url.href));
});
