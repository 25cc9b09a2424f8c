// Sugerencias al teclear: mejora sobre el formulario, que sin esto busca igual.
// Sigue el patrón «combobox» de ARIA: el foco no sale del campo y las flechas recorren la lista.
(() => {
  "use strict";
  const ESPERA = 150; // ms sin teclear antes de preguntar
  const MINIMO = 2;

  const armar = (formulario) => {
    const campo = formulario.querySelector("input[type=search]");
    const fila = campo && campo.closest(".buscador-fila");
    if (!fila) return;
    const textos = formulario.dataset;
    const lista = document.createElement("ul");
    lista.id = "sugerencias";
    lista.className = "sugerencias";
    lista.hidden = true;
    lista.setAttribute("role", "listbox");
    lista.setAttribute("aria-label", textos.sugerenciasTitulo);
    const voz = document.createElement("p");
    voz.className = "solo-lector";
    voz.setAttribute("role", "status");
    fila.append(lista);
    formulario.append(voz);
    const poner = (nodo, atributos) => Object.entries(atributos).forEach((par) => nodo.setAttribute(...par));
    poner(campo, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lista.id });

    let pedido = null;
    let reloj = 0;
    let actual = -1;

    const cerrar = () => {
      lista.hidden = true;
      actual = -1;
      campo.setAttribute("aria-expanded", "false");
      campo.removeAttribute("aria-activedescendant");
      voz.textContent = "";
    };

    const marcar = (nueva) => {
      const opciones = lista.children;
      if (!opciones.length) return;
      if (actual >= 0) opciones[actual].setAttribute("aria-selected", "false");
      actual = (nueva + opciones.length) % opciones.length;
      opciones[actual].setAttribute("aria-selected", "true");
      opciones[actual].scrollIntoView({ block: "nearest" });
      campo.setAttribute("aria-activedescendant", opciones[actual].id);
    };

    const renglon = ({ texto, clase, url }, i) => {
      const opcion = document.createElement("li");
      poner(opcion, { role: "option", id: `sugerencia-${i}`, "aria-selected": "false" });
      opcion.dataset.url = url;
      const tipo = document.createElement("span");
      tipo.textContent = clase;
      opcion.append(document.createTextNode(`${texto} `), tipo);
      return opcion;
    };

    const mostrar = (sugerencias) => {
      lista.replaceChildren(...sugerencias.map(renglon));
      actual = -1;
      campo.removeAttribute("aria-activedescendant");
      if (!sugerencias.length) return cerrar();
      lista.hidden = false;
      campo.setAttribute("aria-expanded", "true");
      voz.textContent = `${sugerencias.length} ${textos.sugerenciasCuantas}`;
    };

    const preguntar = async () => {
      const texto = campo.value.trim();
      if (pedido) pedido.abort(); // la respuesta a lo que ya no dice el campo no sirve
      if (texto.length < MINIMO) return cerrar();
      pedido = new AbortController();
      try {
        const url = `${textos.sugerencias}?q=${encodeURIComponent(texto.slice(0, 80))}`;
        const respuesta = await fetch(url, { signal: pedido.signal, credentials: "omit" });
        if (respuesta.ok && document.activeElement === campo) mostrar((await respuesta.json()).sugerencias);
      } catch (error) {
        if (error.name !== "AbortError") cerrar(); // sin red se sigue tecleando igual
      }
    };

    campo.addEventListener("input", () => {
      clearTimeout(reloj);
      reloj = setTimeout(preguntar, ESPERA);
    });
    campo.addEventListener("keydown", (tecla) => {
      if (tecla.key === "Escape" && !lista.hidden) {
        tecla.preventDefault(); // la primera vez cierra la lista; la segunda, el navegador borra
        cerrar();
      } else if (tecla.key === "ArrowDown" || tecla.key === "ArrowUp") {
        if (lista.hidden) return;
        tecla.preventDefault();
        marcar(tecla.key === "ArrowDown" ? actual + 1 : Math.max(actual, 0) - 1);
      } else if (tecla.key === "Enter" && actual >= 0 && !lista.hidden) {
        tecla.preventDefault();
        window.location.assign(lista.children[actual].dataset.url);
      }
    });
    lista.addEventListener("mousedown", (toque) => toque.preventDefault()); // que el campo no pierda el foco
    lista.addEventListener("click", (toque) => {
      const opcion = toque.target.closest("[role=option]");
      if (opcion) window.location.assign(opcion.dataset.url);
    });
    campo.addEventListener("blur", cerrar);
  };

  document.querySelectorAll("form[data-sugerencias]").forEach(armar);
})();
