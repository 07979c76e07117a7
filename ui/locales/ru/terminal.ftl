# Words of the terminal screens.
terminal-title = Терминал Carrot
terminal-sign-in = Кто за кассой?
terminal-queue-safe = Неотправленное хранится на терминале
