# Words of the terminal screens.
terminal-title = Carrot-terminal
terminal-sign-in = Hvem står ved kassen?
terminal-queue-safe = Usendt arbejde ligger trygt på terminalen
