"""Lo que una persona hace en la agenda."""
