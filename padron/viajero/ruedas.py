"""Las bibliotecas que viajan: las instaladas aquí, o ruedas de otros sistemas. Siempre con su huella.

Lo instalado se compara con lo que su rueda declaró (RECORD); una rueda, con `requirements/produccion.txt`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)
from pathlib import Path

from sibis.nucleo.errores import ErrorDeNegocio

_RUEDA = re.compile(
    r"(?P<nombre>[^-]+)-(?P<version>[^-]+)(?:-\d[^-]*)?-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<equipo>[^-]+)\.whl"
)
_SISTEMA = re.compile(
    r"(?:manylinux\w*?_(?P<linux>x86_64|aarch64)|win_(?P<windows>amd64|arm64)|"
    r"macosx_\d+_\d+_(?P<macos>x86_64|arm64|universal2))"
)
_MAQUINA = {"amd64": "x86_64", "aarch64": "arm64"}
_CANDADO = re.compile(r"^([a-z0-9._-]+)==(\S+)|--hash=sha256:([0-9a-f]{64})", re.M)
_NO_VIAJA = ("/__pycache__/", ".pyc", ".pyi")
_DEL_INSTALADOR = frozenset(("RECORD", "INSTALLER", "REQUESTED", "direct_url.json"))

Archivos = dict[str, bytes]
Fijas = dict[str, tuple[str, frozenset[str]]]  # nombre → versión y huellas que se admiten


class NoSePuedeEmpacar(ErrorDeNegocio):
    """Falta una biblioteca, o no es la que el candado dice."""


def candado(texto: str) -> Fijas:
    """Nombre → versión y huellas admitidas."""
    fijas: dict[str, tuple[str, set[str]]] = {}
    ultima: set[str] = set()
    for nombre, version, huella in _CANDADO.findall(texto):
        if nombre:
            ultima = set()
            fijas[_normal(nombre)] = (version, ultima)
        else:
            ultima.add(huella)
    return {n: (v, frozenset(h)) for n, (v, h) in fijas.items()}


def bibliotecas_de(paquetes: Iterable[str]) -> tuple[str, ...]:
    """Las distribuciones que traen esos paquetes, y las que ellas piden."""
    de_paquete = packages_distributions()
    pendientes, halladas = [], set()
    for paquete in paquetes:
        if paquete not in de_paquete:
            raise NoSePuedeEmpacar(f"No está instalado lo que trae el paquete «{paquete}».")
        pendientes.append(de_paquete[paquete][0])
    while pendientes:
        nombre = _normal(pendientes.pop())
        if nombre not in halladas:
            halladas.add(nombre)
            pedidas = distribution(nombre).requires or []
            pendientes += [re.split(r"[\s\[(<>=!~;]", p)[0] for p in pedidas if "extra ==" not in p]
    return tuple(sorted(halladas))


def instalada(nombre: str, fijas: Fijas) -> Archivos:
    """Los archivos de la que corre aquí, si son los de su rueda."""
    try:
        instalada_aqui = distribution(nombre)
    except PackageNotFoundError as error:
        raise NoSePuedeEmpacar(f"No está instalada «{nombre}».") from error
    version = fijas.get(nombre, ("", frozenset()))[0]
    if instalada_aqui.version != version:
        raise NoSePuedeEmpacar(
            f"Está instalada {nombre} {instalada_aqui.version} y el candado dice {version or 'que no va'}."
        )
    return dict(sorted(_archivos_de(instalada_aqui).items()))


def _archivos_de(instalada_aqui: Distribution) -> Archivos:
    archivos = {}
    for dicho in instalada_aqui.files or []:
        ruta = dicho.as_posix()
        if not _viaja(ruta):
            continue
        contenido = Path(str(dicho.locate())).read_bytes()
        if dicho.hash is None or _en_record(contenido, dicho.hash.mode) != dicho.hash.value:
            raise NoSePuedeEmpacar(
                f"«{ruta}» no es el archivo que se instaló: reinstala la biblioteca."
            )
        archivos[ruta] = contenido
    return archivos


def de_rueda(rueda: Path, fijas: Fijas) -> Archivos:
    """Los archivos de una rueda, si su huella está en el candado."""
    contenido = rueda.read_bytes()
    nombre = nombre_de(rueda)
    if hashlib.sha256(contenido).hexdigest() not in fijas.get(nombre, ("", frozenset()))[1]:
        raise NoSePuedeEmpacar(
            f"La huella de {rueda.name} no está en requirements/produccion.txt: no se empaca."
        )
    with zipfile.ZipFile(rueda) as libro:
        return {
            m.filename: libro.read(m)
            for m in sorted(libro.infolist(), key=lambda m: m.filename)
            if not m.is_dir() and _viaja(m.filename)
        }


def nombre_de(rueda: Path) -> str:
    return _normal(partes_de(rueda)["nombre"])


def partes_de(rueda: Path) -> dict[str, str]:
    hallada = _RUEDA.fullmatch(rueda.name)
    if hallada is None:
        raise NoSePuedeEmpacar(f"{rueda.name} no se llama como una rueda.")
    return hallada.groupdict()


@dataclass(frozen=True, slots=True)
class Alcance:
    """En qué equipos sirve una rueda. `desde`: con abi3, ese Python y los que sigan."""

    plataformas: frozenset[str]  # «windows-x86_64»; vacío: en todas
    python: str = ""  # «cp312»
    desde: tuple[int, int] | None = None

    def sirve(self, equipo: str) -> bool:
        version, plataforma = equipo.split("-", 1)
        if not self.plataformas:
            return True
        if plataforma not in self.plataformas:
            return False
        if self.desde is None:
            return version == self.python
        return not version.endswith("t") and numero_de(version) >= self.desde


def alcance_de(rueda: Path) -> Alcance:
    partes = partes_de(rueda)
    if partes["abi"] == "none" and partes["equipo"] == "any":
        return Alcance(frozenset())
    plataformas = set()
    for hallado in _SISTEMA.finditer(partes["equipo"]):
        sistema, maquina = next((s, m) for s, m in hallado.groupdict().items() if m)
        maquinas = (
            ("x86_64", "arm64") if maquina == "universal2" else (_MAQUINA.get(maquina, maquina),)
        )
        plataformas |= {f"{sistema}-{m}" for m in maquinas}
    if not plataformas or not re.fullmatch(r"cp3\d+t?|abi3", partes["abi"]):
        raise NoSePuedeEmpacar(f"{rueda.name}: no se sabe en qué equipo corre.")
    if partes["abi"] == "abi3":
        return Alcance(frozenset(plataformas), desde=numero_de(partes["python"]))
    return Alcance(frozenset(plataformas), python=partes["abi"])


def numero_de(version: str) -> tuple[int, int]:
    """«cp312» → (3, 12)."""
    return int(version[2]), int(version[3:].removesuffix("t"))


def _viaja(ruta: str) -> bool:
    """Ni lo compilado aquí, ni lo de quien instaló, ni lo que cae fuera de la biblioteca."""
    if ruta.startswith(("/", "..")) or ".data/" in ruta or any(n in f"/{ruta}" for n in _NO_VIAJA):
        return False
    return not (".dist-info/" in ruta and ruta.rpartition("/")[2] in _DEL_INSTALADOR)


def _en_record(contenido: bytes, modo: str) -> str:
    huella = hashlib.new(modo, contenido).digest()
    return base64.urlsafe_b64encode(huella).rstrip(b"=").decode()


def _normal(nombre: str) -> str:
    return re.sub(r"[-_.]+", "-", nombre).lower()
