# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Усе лишається в телефоні, доки не надіслано
phone-terminal-title = Цей пристрій — каса
phone-terminal-text = Його екрани — на сторінці термінала. Зареєструйте телефон, щоб бачити тут бали й візити.

phone-tab-home = Головна
phone-tab-today = Сьогодні
phone-tab-code = Мій код
phone-tab-activity = Історія
phone-tab-scan = Скан
phone-tab-shop = Нагороди
phone-tab-me = Я

phone-strip-stuck = Надсилання зупинилося. Нічого не втрачено: подивіться, що робити
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } запис чекає на мережу; нічого не втрачено
        [few] { $count } записи чекають на мережу; нічого не втрачено
       *[other] { $count } записів чекають на мережу; нічого не втрачено
    }
phone-strip-sending =
    { $count ->
        [one] { $count } запис надсилається
        [few] { $count } записи надсилаються
       *[other] { $count } записів надсилаються
    }
phone-strip-never = Зв’язку із сервером ще не було
phone-strip-offline = Немає мережі. Дані на { $time }; можна працювати далі

phone-standing-sending = Збережено тут
phone-standing-pending = Очікує
phone-standing-review = На перевірці
phone-standing-attached = Додано
phone-standing-confirmed = Підтверджено
phone-standing-refused = Відхилено
phone-standing-reversed = Скасовано

phone-kind-sale = Продаж
phone-kind-claim = Заявлений продаж
phone-kind-visit = Візит
phone-kind-quiz = Урок
phone-kind-redeem = Нагорода
phone-kind-opening = Початковий залишок
phone-kind-event = Виміряна подія
phone-kind-referral = Рекомендація
phone-kind-quiet = З поверненням
phone-kind-anniversary = Річниця
phone-kind-other = Запис

phone-reason-other = Про це вирішить програма
phone-reason-refused-by-reviewer = Керівник відхилив: { $reason }
phone-reason-code-of-other-outlet = Код іншої точки; спершу подивиться керівник
phone-reason-answers-wrong =
    { $right ->
        [one] Правильна { $right } відповідь; потрібні всі
        [few] Правильні { $right } відповіді; потрібні всі
       *[other] Правильних відповідей: { $right }; потрібні всі
    }

phone-error-awaits-review = Записано; рішення ухвалить керівник
    .remedy = Більше нічого не треба: запис стоїть у черзі на вашій сторінці.
phone-error-line-unknown = Цього запису тут немає
    .remedy = Пошукайте його в історії після наступного зв’язку із сервером.
phone-error-lesson-unknown = Цього уроку більше немає
    .remedy = Поверніться: акція могла закінчитися.
phone-error-stop-unknown = Цієї точки більше немає на маршруті
    .remedy = Поверніться до списку точок.
phone-error-stop-done = Цей візит уже закрито
    .remedy = Поверніться до списку й візьміть наступну точку.
phone-error-task-unknown = Завдання для цієї точки тут ще немає
    .remedy = Під’єднайтеся до мережі один раз, щоб його отримати.
phone-error-bad-enrolment-code = Це не код реєстрації
    .remedy = Скопіюйте весь код із консолі або відскануйте його.
phone-error-already-enrolled = Телефон уже в цій програмі
    .remedy = Перемкніться на неї вгорі першого екрана.
phone-error-storage-failed = Телефон не зміг це записати
    .remedy = Звільніть місце й повторіть. Записане раніше в безпеці.
phone-error-protocol-error = Відповідь сервера незрозуміла
    .remedy = Оновіть застосунок або повідомте підтримці код нижче.
phone-error-server-error = На сервері несправність
    .remedy = Повторіть пізніше. Усе, що чекає, збережено.
phone-error-device-in-use = Дані телефона відкрито в іншому вікні
    .remedy = Закрийте те вікно й повторіть.
phone-error-keyring-unavailable = Сховище ключів системи не відповідає
    .remedy = Розблокуйте його й запустіть застосунок знову. Ненадіслане збережено.
phone-error-outbox-unreadable = Список ненадісланого не читається
    .remedy = Нічого не змінюйте й повідомте підтримці код нижче. Файл не зачеплено.

phone-device-name = Телефон
phone-enrol-title = Вступити до програми
phone-enrol-text = Код дасть керівник або оператор програми. Він діє один раз.
phone-enrol-another = Вступити до іншої програми
phone-enrol-another-text = У телефоні може бути кілька програм. Кожна має свій код і свої бали.
phone-enrol-code = Код реєстрації
phone-enrol-hint = Вставте текст повністю
phone-enrol-go = Вступити
phone-from-photo = З фото
phone-camera-off = Вимкнути камеру
phone-camera-again = Увімкнути камеру ще раз
phone-camera-picture = Зображення з камери
phone-camera-starting = Камера вмикається
phone-camera-aim = Тримайте код у рамці

phone-switch = Програма й точка
phone-makers = Програми
phone-outlets = Де ви зараз працюєте

phone-balance = Можна витратити
phone-of = із { $count }
phone-progress = { $done } із { $all }
phone-none-pending = Нічого не очікує
phone-today = Сьогодні { $points }
phone-wish-reached = Можна отримати вже зараз
phone-wish-when-counted = Ваша, щойно зарахують очікувані
phone-wish-missing = Лишилося: { $points }
phone-wish-choose = Виберіть, на що збираєте
phone-scan-sale = Скан продажу
phone-recent = Останнє
phone-all-activity = Уся історія
phone-recent-none = Поки нічого
phone-recent-none-text = Відскануйте код проданого товару: бали видно одразу, навіть без мережі.
phone-activity-none-text = Тут буде все, що ви заробили й витратили.
phone-buyer-none-text = Покажіть код на касі: тут з’являться ваші бали.

phone-campaign = Акція
phone-campaign-from = × { $factor } з { $date }
phone-campaign-until = × { $factor } до { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Продано разом
phone-campaign-each = { $points } за штуку, в акції × { $factor }
phone-campaign-lesson-first = Її відкриє короткий урок
phone-campaign-open = Для вас вона діє
phone-campaign-open-lesson = Урок пройдено: акція для вас діє
phone-campaign-over = Ця акція закінчилася
phone-lesson = Урок
phone-lesson-start = Почати урок
phone-lesson-again = Перечитати урок
phone-lesson-worth =
    { $count ->
        [one] { $count } запитання, { $points }
        [few] { $count } запитання, { $points }
       *[other] { $count } запитань, { $points }
    }
phone-question = Запитання { $number } із { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } запитання без відповіді
        [few] { $count } запитання без відповіді
       *[other] { $count } запитань без відповіді
    }
phone-quiz-submit = Надіслати відповіді
phone-quiz-passed = Усе правильно: урок пройдено
phone-quiz-waits = Відповіді збережено
phone-quiz-wrong = Не всі відповіді правильні
phone-quiz-passed-before = Цей урок ви вже пройшли

phone-scan-title = Сканування
phone-scan-type = Введіть код
phone-scan-claim = Заявити
phone-scan-help = Код — на гарантійному талоні, у коробці або на чеку.
phone-scan-next = Наступний скан
phone-what-sold = Що продано?
phone-receipt-of = Чек на { $amount }. Виберіть проданий товар.
phone-code-without-product = Із коду не видно, який це товар. Виберіть його.
phone-perhaps-used-title = Уже використано?
phone-perhaps-used = Схоже, цей код уже використано. Якщо ви впевнені, що ні, надішліть його: вирішить сервер.
phone-send-used = Усе одно надіслати
phone-scan-another = Сканувати інший код
phone-product-search = Назва або номер
phone-product-recent = нещодавно вибирали
phone-product-unsure = Не знаю точно: хай з’ясує сервер
phone-product-none = Такого товару немає
phone-product-none-text = Введіть менше літер або номер під штрихкодом.

phone-result-title = Ваша заявка
phone-result-sending = Її збережено в телефоні, вона надішлеться сама.
phone-result-pending = Вона на сервері, але ще не зарахована.
phone-result-review = Вона на сервері; її дивиться керівник.
phone-result-attached = Цей продаж уже відомий. Ваше підтвердження додано.
phone-result-confirmed = Бали ваші.
phone-result-refused = За це балів немає.
phone-result-reversed = Бали знято.
phone-why = Чому
phone-counted = Як пораховано

phone-filter-all = Усі
phone-filter-waits = Очікують
phone-filter-refused = Відхилено
phone-filter-none = Такого немає
phone-line-confirmed = Він є на сервері
phone-line-here = Поки він лише в цьому телефоні

phone-shop-how = Покажіть код на касі, і касир видасть нагороду.
phone-show-code = Показати мій код
phone-shop-none = Нагород поки немає
phone-shop-none-text = Вони з’являться під час наступного зв’язку із сервером.
phone-within-reach = Можна отримати зараз
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Товар
phone-reward-voucher = Ваучер
phone-reward-topup = Поповнення
phone-reward-experience = Враження
phone-reward-partpay = Часткова оплата
phone-reward-at-till = На касі
phone-reward-left =
    { $count ->
        [one] лишилася { $count } штука
        [few] лишилося { $count } штуки
       *[other] лишилося { $count } штук
    }
phone-reward-gone = Немає в наявності
phone-reward-reach = Балів вистачає
phone-reward-missing = Лишилося: { $points }
phone-wish-set = Збирати на це
phone-wish-mine = Ви збираєте на це

phone-role-seller = Продавець
phone-role-cashier = Касир
phone-role-merchandiser = Мерчандайзер
phone-role-buyer = Учасник
phone-role-owner = Власник
phone-me-programme = Програма
phone-me-server = Сервер
phone-me-version = Версія
phone-me-last-sync = Останній зв’язок { $time }
phone-sync-now = Надіслати й отримати
phone-sync-done = Усе оновлено
phone-sync-sent =
    { $count ->
        [one] Надіслано: { $count }
        [few] Надіслано: { $count }
       *[other] Надіслано: { $count }
    }
phone-queue-empty = Усе надіслано
phone-queue-queued = Збережено тут; надішлеться саме, коли буде мережа
phone-queue-sending = Надсилається
phone-queue-blocked = Надсилання зупинилося; запис збережено
phone-queue-parked = Сервер зберігає це до рішення керівника
phone-queue-accepted = Надіслано й прийнято
phone-queue-adjusted = Прийнято; сервер визначив бали
phone-queue-kind-claim-submit = Заявка
phone-queue-kind-visit-record = Візит
phone-queue-kind-quiz-submit = Відповіді на урок
phone-queue-kind-goal-set = Бажання
phone-queue-kind-referral-accept = Рекомендація
phone-queue-kind-event-record = Виміряна подія
phone-queue-kind-reward-redeem = Нагорода
phone-queue-kind-sale-record = Продаж
phone-queue-kind-sale-void = Скасований продаж
phone-uploads-title = Фото в дорозі
phone-upload-sent = Надіслано { $sent } із { $size }
phone-upload-next = Піде наступним
phone-upload-command = Піде після свого звіту
phone-upload-metered = Чекає на Wi-Fi: надсилання { $size } зараз витратить мобільний трафік
phone-upload-battery-low = Чекає на зарядку: батарея розряджена
phone-upload-now = Однаково надіслати

phone-visits-here = Готово тут
phone-visits-uploaded = Надіслано
phone-of-stops =
    { $count ->
        [one] із { $count } точки
        [few] із { $count } точок
       *[other] із { $count } точок
    }
phone-visits-waiting = Решта чекає на мережу
phone-visits-all-sent = Нічого не чекає
phone-visits-points = { $points } — очікують
phone-stops-none = Точок немає
phone-stops-none-text = Маршрут з’явиться під час наступного зв’язку із сервером.
phone-stop-gone = Цієї точки більше немає на маршруті
phone-day-today = Сьогодні, { $date }
phone-day-tomorrow = Завтра, { $date }
phone-stop-open = Попереду
phone-stop-started = Триває
phone-stop-waiting = Готово, ще не надіслано
phone-stop-review = На перевірці
phone-stop-approved = Прийнято
phone-stop-refused = Відхилено
phone-stop-offline = Там немає мережі
phone-visit = Візит
phone-visit-of = Точка { $number } із { $count }
phone-visit-since = На місці з { $time }
phone-visit-offline = Мережі тут не чекають. Усе збережеться в телефоні й надішлеться пізніше.
phone-visit-check-in = Я на місці
phone-visit-close = Закрити візит
phone-visit-complete = Усе зроблено
phone-visit-needs-photo = Бракує фото
phone-visit-needs-answers =
    { $count ->
        [one] { $count } пункт без відповіді
        [few] { $count } пункти без відповіді
       *[other] { $count } пунктів без відповіді
    }
phone-check-fix = Можете виправити зараз?
phone-visit-note = Зауваження
phone-visit-photo = Фото полиці
phone-visit-photo-needed = Потрібне до закриття
phone-visit-photo-free = Якщо є що показати
phone-photo-choose = Вибрати фото
phone-photo-number = Фото { $number }
phone-photo-gone = Надіслано; у телефоні його більше немає
phone-photo-remove = Прибрати: { $title }
phone-visit-found = У порядку: { $right } із { $count }
phone-visit-kept = Збережено в телефоні; надішлеться саме, коли буде мережа
phone-visit-next = Далі: { $name }

phone-code-picture = Ваш код картинкою
phone-code-show = Покажіть це на касі
phone-code-changes =
    { $count ->
        [one] Зміниться за { $count } секунду; працює без мережі
        [few] Зміниться за { $count } секунди; працює без мережі
       *[other] Зміниться за { $count } секунд; працює без мережі
    }
# Як далеко пройшла заявка
phone-steps = Як далеко пройшла заявка
phone-step-of = Крок { $number } із { $count }
phone-stage-queued = Збережено тут
phone-stage-sent = Надіслано
phone-stage-checking = Перевіряється
phone-stage-approved = Схвалено
phone-stage-rejected = Відмовлено
phone-stage-credited = Можна витрачати
phone-stage-paid = Витрачено

# Кілька кодів на одному знімку
phone-several =
    { $count ->
        [one] { $count } код на знімку
        [few] { $count } коди на знімку
       *[other] { $count } кодів на знімку
    }
phone-several-text = Позначте ті, що ви продали. Кожен код заявляється окремо.
phone-several-code = Код із коробки
phone-several-receipt = Чек на { $amount }
phone-several-claim =
    { $count ->
        [one] Заявити { $count } код
        [few] Заявити { $count } коди
       *[other] Заявити { $count } кодів
    }
phone-several-other = Інший знімок

# Полиця
phone-shelf = Товари на полиці
phone-shelf-text = За фото полиці рахуються всі коди товарів, які на ньому читаються.
phone-shelf-next = Ще одне фото додасться до рахунку. Виправте число там, де фото щось пропустило.
phone-shelf-take = Зняти полицю
phone-shelf-choose = Порахувати за фото
phone-shelf-share = Наша частка: { $share }
phone-shelf-own = Наш товар
phone-shelf-other = Інший товар
phone-shelf-less = На один менше: { $name }
phone-shelf-more = На один більше: { $name }
phone-error-no-product-code-found = На знімку не знайшлося коду товару
    .remedy = Зніміть ближче й прямо спереду, щоб штрихи були чіткими.
phone-error-shelf-full = На цій полиці забагато різних товарів
    .remedy = Приберіть зі списку товари, які рахувати не треба.

# Чек на фото і що означає один код
phone-receipt-title = Фото чека
phone-receipt-none = Немає квадратного коду? Надішліть фото
phone-receipt-text = Увесь чек, рівно й чітко. Його перегляне керівник.
phone-receipt-picture = Ваше фото чека
phone-receipt-take = Зняти чек
phone-receipt-choose = Вибрати фото
phone-receipt-product = Що продано?
phone-receipt-other-product = Інший товар
phone-receipt-number = Номер чека
phone-receipt-day = Дата чека
phone-receipt-total = Сума
phone-receipt-free = Якщо читається
phone-receipt-send = Надіслати фото
phone-receipt-earlier = Відкрити мої попередні заявки
phone-covers-title = Що він означає
phone-covers-unit = Одна штука { $number }
phone-covers-carton = Коробка { $number }
phone-covers-pallet = Палета { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Палета або короб із номером SSCC
phone-covers-waybill = Накладна { $number }
phone-covers-unknown = Сервер знає, що всередині, і порахує.
phone-covers-rest = Те, що з неї вже заявлено, не рахується.
phone-covers-claim-all = Заявити цілком
phone-covers-pieces =
    { $count ->
        [one] { $pieces } штука
        [few] { $pieces } штуки
       *[other] { $pieces } штук
    }
phone-covers-claim =
    { $count ->
        [one] Заявити { $pieces } штуку
        [few] Заявити { $pieces } штуки
       *[other] Заявити { $pieces } штук
    }
