"""La firma digital de un PDF (PAdES) y su comprobación, sin salir a la red.

Firma la institución, con su certificado; qué persona lo decidió lo dice el documento. Quien instala
da el suyo en SIBIS_FIRMA_P12; si no, cada instalación hace uno propio en `var/firma.pem`, que prueba
que el archivo salió de aquí y no ha cambiado, y nada más.
"""

from __future__ import annotations

import datetime
import io
import logging
import os
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import cms, pem, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

# Una firma ajena es una respuesta, no un incidente: cada una dejaría media pantalla en el registro.
for parlanchin in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(parlanchin).setLevel(logging.CRITICAL)

ARCHIVO = "firma.pem"
CAMPO = "Firma"
DIEZ_ANIOS = datetime.timedelta(days=3653)
# Lo que un PDF roto o ajeno hace levantar a quien lo lee; nada de eso es una falla nuestra.
_ILEGIBLE = (
    *(PdfError, SignatureValidationError, SigningError),
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError),
    *(OSError, RecursionError, ArithmeticError, AssertionError, EOFError, struct.error, zlib.error),
)


class SinClaveDeFirma(Exception):
    """La que se configuró no se puede usar; dice qué revisar."""


@dataclass(frozen=True, slots=True)
class Comprobacion:
    """Qué se supo de la firma de un PDF. Solo vale si `es_valida`."""

    firmado: bool = False
    intacto: bool = False
    es_nuestra: bool = False
    firmante: str = ""
    firmado_en: datetime.datetime | None = None

    @property
    def es_valida(self) -> bool:
        return self.firmado and self.intacto and self.es_nuestra


def firmar(pdf: bytes, *, razon: str) -> bytes:
    """El mismo PDF con una firma que cubre todo el archivo. Levanta SinClaveDeFirma."""
    firmante = _firmante()
    metadatos = signers.PdfSignatureMetadata(
        field_name=CAMPO,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=razon,
        location=settings.SIBIS_SUBTITULO,
        name=nombre_de(firmante.signing_cert),
    )
    # Sin recuadro que ver: lo que se lee ya lo dice el documento, y un lector de pantalla lo nombra.
    campo = fields.SigFieldSpec(sig_field_name=CAMPO, readable_field_name="Firma electrónica")
    salida = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        metadatos,
        signer=firmante,
        new_field_spec=campo,
        output=salida,
    )
    return salida.getvalue()


def comprobar(pdf: bytes) -> Comprobacion:
    """Nunca levanta por culpa del archivo: lo que no se puede leer no está firmado."""
    try:
        firmas = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(firmas) != 1:
            return Comprobacion()
        return _de_una(firmas[0], pdf)
    except _ILEGIBLE:
        return Comprobacion()


def _de_una(firma: EmbeddedPdfSignature, pdf: bytes) -> Comprobacion:
    propios = certificados()
    estado = validate_pdf_signature(
        firma, ValidationContext(trust_roots=propios, allow_fetching=False)
    )
    certificado = estado.signing_cert
    return Comprobacion(
        firmado=True,
        intacto=bool(estado.intact and estado.valid)
        and estado.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and _sin_nada_en_el_relleno(firma, pdf),
        es_nuestra=certificado.sha256 in {propio.sha256 for propio in propios},
        firmante=nombre_de(certificado),
        firmado_en=estado.signer_reported_dt,
    )


def _sin_nada_en_el_relleno(firma: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """El hueco de la firma es lo único que ella no cubre: ahí no va sino la firma y sus ceros."""
    _cero, antes, despues, _resto = (int(n) for n in firma.byte_range)
    hueco = pdf[antes + 1 : despues - 1]
    crudo = bytes.fromhex(hueco.decode("ascii"))
    firmado = cms.ContentInfo.load(crudo).dump()
    return not any(crudo[len(firmado) :]) and hueco in (hueco.lower(), hueco.upper())


def nombre_de(certificado: x509.Certificate) -> str:
    """Como se lee: el nombre común, o la organización si no lo trae."""
    datos = certificado.subject.native
    return str(datos.get("common_name") or datos.get("organization_name") or "")


def certificados() -> list[x509.Certificate]:
    """El que firma hoy y los de antes: lo que se firmó con ellos sigue siendo nuestro."""
    anteriores = settings.FIRMA_ANTERIORES
    return [_firmante().signing_cert, *(_de_un_pem(Path(anteriores)) if anteriores else ())]


@lru_cache(maxsize=4)
def _de_un_pem(ruta: Path) -> list[x509.Certificate]:
    try:
        trozos = list(pem.unarmor(ruta.read_bytes(), multiple=True))
    except (OSError, ValueError) as error:
        raise SinClaveDeFirma(
            f"No se pueden leer los certificados anteriores de «{ruta.name}»."
        ) from error
    return [x509.Certificate.load(der) for tipo, _cabezas, der in trozos if tipo == "CERTIFICATE"]


def _firmante() -> signers.SimpleSigner:
    if settings.FIRMA_P12:
        return _de_p12(Path(settings.FIRMA_P12), settings.FIRMA_CLAVE)
    return _de_esta_instalacion(_asegurar(Path(settings.VAR) / ARCHIVO))


@lru_cache(maxsize=4)
def _de_p12(ruta: Path, clave: str) -> signers.SimpleSigner:
    firmante = signers.SimpleSigner.load_pkcs12(str(ruta), passphrase=clave.encode() or None)
    if firmante is None:
        raise SinClaveDeFirma(
            "No se puede abrir el archivo de SIBIS_FIRMA_P12. Revisa que exista, que este proceso lo "
            "pueda leer y que SIBIS_FIRMA_CLAVE sea su contraseña."
        )
    return firmante


@lru_cache(maxsize=4)
def _de_esta_instalacion(ruta: Path) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=load_cert_from_pemder(str(ruta)),
        signing_key=load_private_key_from_pemder(str(ruta), passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


def _asegurar(ruta: Path) -> Path:
    """Dos procesos a la vez se quedan con el mismo: el primero que llegue a su lugar."""
    if not ruta.exists():
        ruta.parent.mkdir(parents=True, exist_ok=True)
        provisional = ruta.with_name(f".{ARCHIVO}.{os.getpid()}")
        descriptor = os.open(provisional, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as archivo:
            archivo.write(_clave_y_certificado())
        try:
            os.link(provisional, ruta)
        except FileExistsError:
            pass
        finally:
            provisional.unlink()
    return ruta


def _clave_y_certificado() -> bytes:
    """Uno propio, para firmar documentos y nada más. RSA, que todo lector de PDF conoce."""
    clave = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    nombre = cx509.Name(
        [
            cx509.NameAttribute(NameOID.COUNTRY_NAME, "MX"),
            cx509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.SIBIS_SUBTITULO[:64]),
            cx509.NameAttribute(NameOID.COMMON_NAME, f"SIBIS {settings.SIBIS_SUBTITULO}"[:64]),
        ]
    )
    ahora = datetime.datetime.now(datetime.UTC)
    certificado = (
        cx509.CertificateBuilder()
        .subject_name(nombre)
        .issuer_name(nombre)
        .public_key(clave.public_key())
        .serial_number(cx509.random_serial_number())
        .not_valid_before(ahora - datetime.timedelta(hours=1))
        .not_valid_after(ahora + DIEZ_ANIOS)
        .add_extension(cx509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            cx509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                **dict.fromkeys(_OTROS_USOS, False),
            ),
            critical=True,
        )
        .sign(clave, hashes.SHA256())
    )
    privada = clave.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return privada + certificado.public_bytes(Encoding.PEM)


_OTROS_USOS = (
    *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
    *("crl_sign", "encipher_only", "decipher_only"),
)
