"""Los huecos de las direcciones del padrón."""


class FolioDeRecibo:
    """«R-2025-000123»."""

    regex = r"R-\d{4}-\d{6,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ExtensionDeTabla:
    regex = "xlsx|csv"

    def to_python(self, valor: str) -> str:
        return valor

    def to_url(self, valor: str) -> str:
        return valor
