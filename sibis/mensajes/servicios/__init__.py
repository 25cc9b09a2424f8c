"""Lo que una persona hace con los mensajes."""
