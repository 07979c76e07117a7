# Words of the console screens.
console-title = Carrot-konsol
console-server-found = Servern svarar
