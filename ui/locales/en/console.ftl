# Words of the console screens.
console-title = Carrot console
console-server-found = The server answers
