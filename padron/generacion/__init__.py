"""Padrones inventados de los que se sabe todo: quién es cada quién y qué defecto se le plantó."""
