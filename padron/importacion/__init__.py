"""Lo que hace la máquina con una carga: leerla, revisarla y dejarla lista para el padrón, por pasos."""
