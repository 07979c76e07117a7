# Words of the terminal screens.
terminal-title = Carrot terminal
terminal-sign-in = Who is at the till?
terminal-queue-safe = Unsent work is kept on this terminal
