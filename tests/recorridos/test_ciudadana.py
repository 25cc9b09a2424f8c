"""Una persona llega con una necesidad y se va con una respuesta."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.recorridos.conftest import Sitio, Visita, abrir


def test_busca_con_sus_palabras_y_lee_quien_puede_recibirlo(visita: Visita) -> None:
    pagina = visita.ir("/")
    pagina.fill("input[type=search]", "me quede sin chamba")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".lista-resultados li").first).to_be_visible()
    pagina.locator(".lista-resultados a", has_text="Seguro de Desempleo").first.click()
    expect(pagina.locator("h1")).to_contain_text("Seguro de Desempleo")
    expect(pagina.locator("#que-recibes")).to_contain_text("$")
    expect(pagina.locator("#fuentes")).to_contain_text("Actualizado")
    expect(pagina.locator(".leyenda")).to_contain_text("público")
    assert not visita.fallas


def test_filtra_por_estado_y_todo_lo_que_ve_esta_abierto(visita: Visita) -> None:
    pagina = visita.ir("/programas/")
    pagina.locator("input[name=estado][value=abierto]").check()
    pagina.locator(".filtros button[type=submit]").click()
    estados = pagina.locator(".lista-resultados .resultado-estado").all_inner_texts()
    assert estados
    assert all(e.strip().startswith("Abierto") for e in estados)
    assert "estado=abierto" in pagina.url


def test_sin_javascript_encuentra_un_centro_y_los_programas_que_atiende(
    navegador: Browser, sitio: Sitio
) -> None:
    visita = abrir(navegador, sitio, ancho="teléfono", java_script_enabled=False)
    pagina = visita.ir("/mapa/")
    pagina.select_option("select[name=alcaldia]", label="Iztapalapa")
    pagina.click("form.filtros-centros button[type=submit]")
    textos = pagina.locator(".lista-centros > li").all_inner_texts()
    assert textos
    assert all("Iztapalapa" in texto for texto in textos)
    pagina.locator(".lista-centros h3 a").first.click()
    expect(pagina.locator("h1")).to_be_visible()
    expect(pagina.locator("#t-programas")).to_be_visible()
    visita.pagina.context.close()


def test_el_mapa_dibuja_las_alcaldias_y_agrupa_los_centros(visita: Visita) -> None:
    pagina = visita.ir("/mapa/")
    expect(pagina.locator("#mapa .mapa-grupo").first).to_be_visible()
    assert pagina.locator("#mapa path").count() >= 16
    assert not visita.fallas


def test_cerca_de_mi_ordena_la_lista_sin_mandar_la_posicion_exacta(
    navegador: Browser, sitio: Sitio
) -> None:
    visita = abrir(
        navegador,
        sitio,
        geolocation={"latitude": 19.357142, "longitude": -99.061234},
        permissions=["geolocation"],
    )
    pagina = visita.ir("/centros/")
    pagina.click("[data-cerca] button")
    pagina.wait_for_url("**lat=19.357&lon=-99.061*")
    distancias = [_metros(t) for t in pagina.locator(".distancia").all_inner_texts()]
    assert len(distancias) > 1
    assert distancias == sorted(distancias)
    assert "99.0612" not in pagina.content()
    visita.pagina.context.close()


def _metros(texto: str) -> float:
    """«a 350 m» → 350; «a 1.4 km» → 1400."""
    _a, numero, unidad = texto.split()
    return float(numero) * (1000 if unidad == "km" else 1)


def test_la_primera_visita_pesa_poco_y_no_sale_del_sitio(navegador: Browser, sitio: Sitio) -> None:
    for ruta in ("/", "/programas/?q=beca", "/programas/seguro-de-desempleo/", "/ayuda/"):
        visita = abrir(navegador, sitio)
        pesos: list[int] = []
        visita.pagina.on(
            "response", lambda r, pesos=pesos: pesos.append(r.request.sizes()["responseBodySize"])
        )
        visita.ir(ruta).wait_for_load_state("networkidle")
        assert all(pedido.startswith((sitio.url, "data:")) for pedido in visita.pedidos)
        assert len([p for p in visita.pedidos if ".css" in p]) == 1
        guiones = [p.rpartition("/")[2] for p in visita.pedidos if p.endswith(".js")]
        assert all(g.startswith("sugerencias.") for g in guiones), "solo el buscador se mejora"
        assert sum(pesos) < 100_000, (ruta, sum(pesos))
        visita.pagina.context.close()


def test_un_error_ayuda_a_seguir(visita: Visita) -> None:
    pagina = visita.ir("/programas/no-existe-este-programa/")
    expect(pagina.locator("h1")).to_contain_text("No encontramos")
    pagina.fill("main input[type=search]", "despensa")
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".lista-resultados li").first).to_be_visible()


def test_solo_con_el_teclado_llega_a_un_programa(visita: Visita) -> None:
    pagina = visita.ir("/programas/?q=comedores")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.className") == "saltar"
    for _paso in range(120):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("!!document.activeElement.closest('.lista-resultados')"):
            break
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#que-es")).to_be_visible()
