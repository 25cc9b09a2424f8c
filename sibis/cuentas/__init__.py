"""Cuentas del personal: quién es, en qué dependencia, con qué función y cómo entra."""
