"""Lo que hace la máquina con los avisos: juntarlos, llevarlos y borrar los viejos."""
