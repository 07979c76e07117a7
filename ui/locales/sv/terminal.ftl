# Words of the terminal screens.
terminal-title = Carrot-terminal
terminal-sign-in = Vem står i kassan?
terminal-queue-safe = Oskickat arbete finns kvar på terminalen
