# Words that every screen shares.
yes = Да
no = Нет
undo = Отменить
close = Закрыть
cancel = Отмена
back = Назад
save = Сохранить
next = Далее
done = Готово
menu = Меню
search = Найти
busy = Идёт работа
loading = Загрузка
try-again = Повторить
understood = Понятно
language = Язык
sign-in = Войти
sign-out = Выйти
settings = Настройки
keypad = Цифровые клавиши
erase = Стереть
pin-filled = Введено цифр: { $filled } из { $length }
scan-camera = Сканировать камерой
sounds = Звуки
scheme = Светлая или тёмная
scheme-system = Как в системе
scheme-light = Светлая
scheme-dark = Тёмная

state-done = Готово
state-waiting = Ожидает
state-wrong = Отклонено
state-review = На проверке
state-none = Нет

points-pending = Ожидают
points-confirmed = Подтверждены
points-void = Аннулированы

badge-online = На связи
badge-offline = Без сети
badge-offline-since = Без сети с { $time }
badge-stuck = Не отправляется
badge-waiting =
    { $count ->
        [one] { $count } в очереди
        [few] { $count } в очереди
       *[other] { $count } в очереди
    }
badge-lease = Лимит без сети: { $left }

photo-saved = Сохранено здесь
photo-sent = Отправлено
photo-not-sent = Ещё не отправлено
photo-take = Сделать фото
photo-retake = Переснять

check-open = Пока без ответа
check-yes = Да
check-wrong = Не в порядке
check-fixed = Исправлено во время визита
check-mark-fixed = Исправлено

table-filter = Фильтр
table-count = { $shown } из { $all }
table-empty = Здесь пока ничего нет
table-none-found = Ничего не подходит под фильтр
table-clear = Очистить фильтр
table-more = Показать ещё (осталось { $count })

connect-loading = Подключение
connect-device = Готовим устройство
connect-server = Связываемся с сервером
connect-ready = Подключено
