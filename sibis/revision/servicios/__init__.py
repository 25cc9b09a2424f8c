"""Lo que hace una persona en una revisión: quién explícito, una transacción, su constancia."""
