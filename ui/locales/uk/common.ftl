# Words that every screen shares.
yes = Так
no = Ні
undo = Скасувати дію
close = Закрити
cancel = Скасувати
back = Назад
save = Зберегти
next = Далі
done = Готово
menu = Меню
search = Знайти
busy = Триває робота
loading = Завантаження
try-again = Спробувати ще раз
understood = Зрозуміло
language = Мова
sign-in = Увійти
sign-out = Вийти
settings = Налаштування
keypad = Цифрові клавіші
erase = Стерти
pin-filled = Введено цифр: { $filled } з { $length }
scan-camera = Сканувати камерою
sounds = Звуки
scheme = Світла чи темна
scheme-system = Як у системі
scheme-light = Світла
scheme-dark = Темна

state-done = Готово
state-waiting = Очікує
state-wrong = Відхилено
state-review = На перевірці
state-none = Немає

points-pending = Очікують
points-confirmed = Підтверджено
points-void = Анульовано

badge-online = На зв’язку
badge-offline = Без мережі
badge-offline-since = Без мережі з { $time }
badge-stuck = Не надсилається
badge-waiting =
    { $count ->
        [one] { $count } у черзі
        [few] { $count } у черзі
       *[other] { $count } у черзі
    }
badge-lease = Ліміт без мережі: { $left }

photo-saved = Збережено тут
photo-sent = Надіслано
photo-not-sent = Ще не надіслано
photo-take = Зробити фото
photo-retake = Перезняти

check-open = Ще без відповіді
check-yes = Так
check-wrong = Не в порядку
check-fixed = Виправлено під час візиту
check-mark-fixed = Виправлено

table-filter = Фільтр
table-count = { $shown } з { $all }
table-empty = Тут поки нічого немає
table-none-found = Нічого не відповідає фільтру
table-clear = Очистити фільтр
table-more = Показати ще (лишилося { $count })

connect-loading = З’єднання
connect-device = Готуємо пристрій
connect-server = Зв’язуємося із сервером
connect-ready = З’єднано
