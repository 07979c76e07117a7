# Words of the console screens.
console-title = Консоль Carrot
console-server-found = Сервер відповідає
