"""Lo que hace una persona: quién explícito, una transacción, su renglón de bitácora."""
