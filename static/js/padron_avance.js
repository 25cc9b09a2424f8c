// Sigue la revisión de una carga sin recargar. Sin esto, la página se recarga sola cada cinco segundos.
// Los textos los escribe el servidor; aquí solo se estima lo que falta, y solo cuando hay con qué.
const CADA = 1500;
const lugar = document.querySelector("[data-avance]");
const parte = (nombre) => lugar.querySelector(`[data-${nombre}]`);
let medidas = []; // [momento, hechas] del paso que corre
let paso = null;
let dicho = "";

function resta(datos) {
  if (datos.paso !== paso || datos.en_espera) {
    paso = datos.paso;
    medidas = [];
  }
  medidas.push([performance.now(), datos.hechas]);
  medidas = medidas.slice(-12);
  const [antes, hechas] = medidas[0];
  const avanzo = datos.hechas - hechas;
  // Con menos de cuatro miradas, o sin moverse, cualquier número sería inventado.
  if (medidas.length < 4 || avanzo <= 0 || !datos.total) return "";
  const segundos = ((datos.total - datos.hechas) / avanzo) * ((performance.now() - antes) / 1000);
  if (segundos < 3) return "";
  return segundos < 90
    ? lugar.dataset.falta.replace("{n}", Math.ceil(segundos / 5) * 5)
    : lugar.dataset.faltaMinutos.replace("{n}", Math.ceil(segundos / 60));
}

function pintar(datos) {
  parte("frase").textContent = datos.frase;
  parte("cuenta").textContent = datos.cuenta;
  parte("tiempo").textContent = datos.tiempo;
  parte("resta").textContent = resta(datos);
  const barra = parte("barra");
  barra.max = datos.total || 1;
  if (datos.total || datos.en_espera) barra.value = datos.hechas;
  else barra.removeAttribute("value");
  lugar.querySelectorAll(".carga-pasos li").forEach((uno, n) => {
    uno.className = n + 1 < datos.paso ? "hecho" : n + 1 === datos.paso ? "actual" : "";
    if (n + 1 === datos.paso) uno.setAttribute("aria-current", "step");
    else uno.removeAttribute("aria-current");
  });
  // Se anuncia al cambiar de paso, no en cada mirada: quien escucha no oiría otra cosa.
  if (datos.frase !== dicho) parte("anuncio").textContent = datos.frase;
  dicho = datos.frase;
}

async function seguir() {
  try {
    const respuesta = await fetch(lugar.dataset.avance, { headers: { Accept: "application/json" } });
    if (respuesta.redirected || respuesta.status === 404) {
      window.location.reload(); // se acabó la sesión
      return;
    }
    if (respuesta.ok) {
      const datos = await respuesta.json();
      if (datos.acabada || datos.en_pausa) {
        parte("anuncio").textContent = datos.acabada ? lugar.dataset.listo : datos.frase;
        window.location.reload();
        return;
      }
      pintar(datos);
    }
  } catch {
    // Sin conexión: se vuelve a intentar; la revisión no depende de esta página.
  }
  window.setTimeout(seguir, document.hidden ? CADA * 4 : CADA);
}

if (lugar) window.setTimeout(seguir, CADA / 3);
