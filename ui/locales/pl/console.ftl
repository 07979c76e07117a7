# Words of the console screens.
console-title = Konsola Carrot
console-server-found = Serwer odpowiada
