# Words of the terminal screens.
terminal-title = Термінал Carrot
terminal-sign-in = Хто на касі?
terminal-queue-safe = Ненадіслане зберігається на терміналі
