"""Lo que hace la máquina: ver qué hay que contar, a quién, y llevarlo. Lo llaman las tareas."""
