# Words of the terminal screens.
terminal-title = Terminal Carrot
terminal-sign-in = Kto jest przy kasie?
terminal-queue-safe = Niewysłane dane są bezpieczne na terminalu
