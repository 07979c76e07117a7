# Words of the terminal screens.

# First contact.
terminal-title = Термінал Carrot
terminal-queue-safe = Ненадіслане зберігається на терміналі
terminal-lost = Програма цього екрана не відповідає. Збережене в безпеці; запустіть її знову.
terminal-not-a-till = Цей пристрій не каса
terminal-not-a-till-text = Його зареєстровано як телефон. Відкрийте екрани телефону або зареєструйте окремий термінал.

# Enrolment.
terminal-enrol-title = Реєстрація термінала
terminal-enrol-text = Оператор створює код реєстрації в консолі. Відскануйте його тут, вставте або виберіть знімок.
terminal-enrol-code = Код реєстрації
terminal-enrol-hint = Кожен код реєструє один пристрій, один раз.
terminal-enrol-name = Назва термінала
terminal-enrol-name-first = Каса 1
terminal-enrol-go = Зареєструвати

# Sign-in and sign-out.
terminal-sign-in = Хто за касою?
terminal-cashier = Касир
terminal-other-cashier = Хтось інший
terminal-no-cashiers = Касирів тут поки немає
terminal-no-cashiers-text = Оператор додає людей до цієї точки в консолі. Потім отримайте їх тут.
terminal-pin = PIN-код
terminal-pin-of = PIN-код: { $name }
terminal-pin-locked-until = Заблоковано до { $time }
terminal-leave-title = Завершити роботу: { $name }?
terminal-leave-text = Усе надіслано. Може увійти наступний касир.
terminal-leave-waits =
    { $count ->
        [one] { $count } запис ще не надіслано
        [few] { $count } записи ще не надіслано
       *[other] { $count } записів ще не надіслано
    }
terminal-leave-waits-text = Вони в безпеці на терміналі й підуть самі, щойно з’явиться мережа. Якщо можна, трохи зачекайте.
terminal-leave-sale = Продаж на екрані не завершено, його буде втрачено
terminal-leave-stay = Залишитися
terminal-leave-anyway = Усе одно вийти

# The sale.
terminal-sale = Продаж
terminal-scan-next = Скануйте або введіть товар
terminal-scan-short = Скан/ввід
terminal-scan-file = Зчитати із зображення
terminal-basket = Кошик
terminal-basket-empty = Готово до наступного покупця
terminal-basket-empty-text = Відскануйте товар або код покупця. Можна ввести назву, номер чи суму.
terminal-col-pieces = К-сть
terminal-col-item = Товар
terminal-col-each = Ціна
terminal-col-sum = Сума
terminal-line-amount = Сума без товару
terminal-line-unit = зчитано код виробу
terminal-line-buyer = покупець { $points }
terminal-line-seller = продавець { $points }
terminal-line-none = без балів
terminal-count-lines =
    { $count ->
        [one] { $count } рядок
        [few] { $count } рядки
       *[other] { $count } рядків
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } штука
        [few] { $count } штуки
       *[other] { $count } штук
    }
terminal-receipt-noted = чек враховано
terminal-to-pay = До сплати
terminal-people = Люди й бали
terminal-finish = Завершити продаж
terminal-next-sale = Наступний продаж

# The keys.
terminal-keys = Клавіші
terminal-key-item = Знайти товар
terminal-key-buyer = Покупець
terminal-key-seller = Продавець
terminal-key-void = Скасувати останній
terminal-key-amount = Сума
terminal-key-quantity = Кількість
terminal-key-remove = Прибрати рядок
terminal-key-clear = Очистити
terminal-key-redeem = Винагорода
terminal-removed = Рядок прибрано
terminal-cleared = Продаж очищено

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = Додано: { $amount }
terminal-say-buyer = Покупець: { $name }
terminal-say-finished = Записано
terminal-say-voided = Скасовано
terminal-say-full = У продажу до 20 рядків. Спершу завершіть його.
terminal-say-nothing = Поки нема чого завершувати
terminal-say-one-piece = У цьому рядку завжди одна штука
terminal-say-reading = Читаю
terminal-say-receipt = Чек враховано: { $amount }
terminal-say-unit-twice = Цей виріб уже в продажу
terminal-say-which-product = Від якого товару цей код?

# Buyer and seller.
terminal-buyer-empty = Покупця поки немає
terminal-buyer-empty-sub = Відскануйте код або знайдіть за номером
terminal-buyer-unnamed = Покупець без імені
terminal-buyer-proven = Код показано
terminal-buyer-earns = Може збирати
terminal-buyer-remove = Прибрати покупця
terminal-buyer-title = Хто купує?
terminal-buyer-text = Скануйте код на телефоні або картку будь-коли. Або введіть номер телефону.
terminal-buyer-label = Номер телефону, картка або код
terminal-buyer-go = Знайти
terminal-balance-unknown = Баланс тут невідомий
terminal-balance-unsent = { $points } ще не надіслано
terminal-balance-later = Новий баланс стане відомий після надсилання.
terminal-seller-empty = Продавця не вибрано
terminal-seller-empty-sub = Виберіть, хто продав
terminal-seller-shift = Продавець, до кінця зміни
terminal-seller-title = Хто продав?
terminal-seller-text = Вибір діє й для наступних продажів, доки його не змінять або касир не вийде.
terminal-seller-none = Продавців тут поки немає
terminal-seller-nobody = Без продавця
terminal-role-seller = Продавець
terminal-role-cashier = Касир
terminal-role-owner = Власник
terminal-nobody = Нікого

# Both pots.
terminal-pots = Бали за цей продаж
terminal-pot-buyer = Покупець
terminal-pot-seller = Продавець
terminal-pot-empty = З’явиться з першим товаром
terminal-pot-none = За ці товари балів немає
terminal-discount = Знижка: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Без покупця нараховувати нікому
terminal-pot-no-seller = Без продавця нараховувати нікому
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } за кожні { $step } = { $points }

# Done.
terminal-done-title = Продаж записано
terminal-done-balance = Новий баланс:
terminal-done-no-buyer = Покупця не вказано.
terminal-done-confirmed = Підтверджено сервером
terminal-done-waits = Чекає на мережу
terminal-done-waits-text = Він у безпеці й піде сам.
terminal-done-next = Наступне сканування почне новий продаж.

# Find an item, enter amounts and quantities.
terminal-item-title = Знайти товар
terminal-item-label = Частина назви або номера
terminal-item-orphan = Виберіть або відскануйте товар, якого стосується { $code }
terminal-item-none = Товар не знайдено
terminal-item-none-text = Введіть менше літер або просто суму.
terminal-item-no-price = немає ціни
terminal-amount-title = Введіть суму
terminal-amount-text = Для товарів, яких немає в списку.
terminal-amount-label = Сума
terminal-amount-go = Додати
terminal-price-title = Ціна: { $item }
terminal-price-text = У списку немає ціни. Введіть ціну однієї штуки.
terminal-quantity-title = Скільки штук?
terminal-quantity-label = Штук
terminal-quantity-less = На одну менше
terminal-quantity-more = На одну більше
terminal-quantity-range = Від 1 до { $max }
terminal-quantity-go = Задати

# Undo the last sale, and the list of sales.
terminal-void-title = Скасувати останній продаж?
terminal-void-text = Бали обох сторін буде знято. Продаж лишиться в списку з позначкою про скасування.
terminal-void-unseen = Останній продаж цього термінала.
terminal-void-nothing = Скасовувати нічого
terminal-void-nothing-text = Останній продаж уже скасовано, або його не було.
terminal-void-keep = Залишити
terminal-void-go = Скасувати продаж
terminal-void-done = Продаж скасовано
terminal-void-waits = Продаж скасовано тут; надішлеться, коли буде мережа
terminal-sales-title = Продажі за сьогодні
terminal-sales-empty = Продажів поки немає
terminal-sales-empty-text = Тут з’являться продажі за останні 24 години.
terminal-sale-buyer = Покупець { $name } { $points }
terminal-sale-seller = Продавець { $name } { $points }
terminal-sale-void = Скасовано
terminal-sale-sent = Надіслано
terminal-sale-waits = Чекає

# Redeem.
terminal-redeem-title = Видача винагороди
terminal-proof-ask = Попросіть покупця показати змінний код на телефоні та відскануйте його.
terminal-proof-why = { $name }: знайдено за номером або карткою. Цього досить, щоб збирати, але не витрачати.
terminal-proof-scan = Скануйте змінний код
terminal-rewards-none = На цій касі винагород немає
terminal-rewards-none-text = У програмі немає винагород, які видає касир.
terminal-reward-and-cash = { $points } і { $cash }
terminal-reward-left =
    { $count ->
        [one] залишилася { $count }
        [few] залишилося { $count }
       *[other] залишилося { $count }
    }
terminal-reward-gone = Закінчилося
terminal-reward-enough = Балансу вистачає
terminal-reward-short = бракує { $points }
terminal-reward-short-some = Бракує
terminal-reward-unknown = Баланс невідомий
terminal-reward-covered = Можна без мережі
terminal-reward-online = Потрібна мережа
terminal-redeem-choose = Виберіть винагороду
terminal-redeem-go = Видати за { $cost }
terminal-redeem-give = Видайте винагороду
terminal-redeem-wait = Поки не видавайте
terminal-redeem-refused = Не видавайте
terminal-redeem-confirmed-text = Сервер провів списання.
terminal-redeem-lease-text = Мережі немає, але ліміт термінала це покриває. Проведемо за наступного зв’язку.
terminal-redeem-wait-text = Серверу надіслано запит, відповіді ще немає. Подивіться чергу або повторіть трохи згодом.
terminal-redeem-refused-text = З балансу нічого не списано.

# Queue and lease.
terminal-queue-title = Черга й мережа
terminal-queue-none = Усе надіслано
terminal-queue-waits =
    { $count ->
        [one] { $count } запис чекає на надсилання
        [few] { $count } записи чекають на надсилання
       *[other] { $count } записів чекають на надсилання
    }
terminal-queue-oldest = Найдавніший: { $when }
terminal-queue-last = Останній зв’язок: { $when }
terminal-queue-never = Зв’язку із сервером ще не було
terminal-queue-empty = Нічого не чекає
terminal-queue-empty-text = Тут з’являться продажі, скасування та винагороди цього термінала з відповіддю сервера.
terminal-sync-now = Надіслати й отримати
terminal-syncing = Зв’язуюся із сервером
terminal-synced = Надіслано: { $sent }. Отримано: { $received }.
terminal-synced-rejected = Відхилено: { $count }.
terminal-item-queued = Чекає
terminal-item-sending = Надсилається
terminal-item-accepted = Прийнято
terminal-item-blocked = Зупинено
terminal-did-sale-record = Продаж
terminal-did-sale-void = Скасування продажу
terminal-did-reward-redeem = Видача винагороди
terminal-did-lease-request = Запит ліміту без мережі
terminal-did-lease-return = Повернення частини ліміту без мережі
terminal-did-claim-submit = Заявка
terminal-did-visit-record = Візит
terminal-did-quiz-submit = Відповіді до уроку
terminal-did-goal-set = Бажання
terminal-did-review-decide = Рішення
terminal-did-other = Запис: { $kind }
terminal-lease-title = Ліміт винагород без мережі
terminal-lease-of = із { $granted }
terminal-lease-exposure = { $points } ще не проведено
terminal-lease-until = Діє до { $when }
terminal-lease-stale = Ліміт застарів; підключіться один раз, щоб оновити
terminal-lease-none = Термінал не має ліміту: без мережі він записує продажі, але не видає винагород.
terminal-lease-wish = Скільки балів
terminal-lease-ask = Запросити
terminal-lease-back = Повернути
terminal-lease-text = Сервер вирішує, скільки термінал може видати без мережі.

# Camera, sounds and settings.
terminal-camera-title = Камера
terminal-camera-starting = Вмикаю камеру
terminal-camera-aim = Тримайте код рівно, щоб він заповнював кадр.
terminal-camera-pick = Яка камера
terminal-camera-first = Перша доступна
terminal-camera-number = Камера { $number }
terminal-camera-try = Перевірити
terminal-camera-stop = Зупинити
terminal-camera-read = Зчитано: { $text }
terminal-camera-none = Камеру не знайдено
terminal-camera-none-text = Підключіть її або дозвольте в системі. Сканер, зображення й клавіатура працюють і без неї.
terminal-camera-again = Шукати знову
terminal-sound-text = Один звук, коли все добре, інший за помилки. Помилку завжди видно й на екрані.
terminal-sound-done = Готово
terminal-sound-wrong = Помилка
terminal-volume = Гучність
terminal-about-server = Сервер
terminal-about-sync = Останній зв’язок
terminal-never = Ніколи

# What a code reader refuses.
error-code-not-ours = Цей код програмі нічого не каже
    .remedy = Відскануйте код товару або покупця. Або знайдіть товар за назвою.
error-code-damaged = Код не вдається правильно прочитати
    .remedy = Скануйте ще раз або візьміть інший код на упаковці.
error-bad-length = У номері замало або забагато цифр
    .remedy = Звірте з етикеткою й введіть знову або відскануйте.
error-cyrillic-layout = Сканер друкує кирилицею
    .remedy = Перемкніть розкладку на латинську й скануйте знову.
error-compressed-link = Код записано у стислому вигляді, який не підтримується
    .remedy = Скануйте інший код на упаковці або введіть номер.
error-deadline = Читання зображення тривало надто довго
    .remedy = Виберіть менше зображення, де видно лише код.
error-camera-failed = Камера зупинилася
    .remedy = Перевірте кабель і повторіть або зчитайте зображення.
error-empty = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-too-long = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-too-short = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-character = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-unknown-ai = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-duplicate-ai = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-qualifier-order = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-date = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-leading-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-double-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-literal-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-parenthesis = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-missing-field = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-duplicate-field = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-operation = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-escape = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-programme = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-negative = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-out-of-range = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }

# What the core of a device refuses.
error-bad-enrolment-code = Це не код реєстрації
    .remedy = Скопіюйте код із консолі повністю або відскануйте його там.
error-device-in-use = Дані пристрою відкриті іншою програмою
    .remedy = Закрийте інше вікно й повторіть.
error-keyring-unavailable = Сховище ключів системи не відповідає
    .remedy = Розблокуйте його або ввійдіть у систему знову. Ненадіслане збережено.
error-outbox-unreadable = Файл із ненадісланим не читається
    .remedy = Не видаляйте його. Зверніться до підтримки: його можуть відновити.
error-storage-failed = Пристрій не зміг зберегти дані
    .remedy = Перевірте місце на диску й право запису та повторіть.
error-protocol-error = Відповідь сервера не вдалося зрозуміти
    .remedy = Перевірте адресу сервера або оновіть програму. Ненадіслане збережено.
error-server-error = На сервері збій
    .remedy = Робота триває; надсилання повториться саме.
error-too-many-attempts = Забагато спроб за короткий час
    .remedy = Зачекайте хвилину й повторіть.
error-busy = Зараз завелике навантаження
    .remedy = Трохи зачекайте й повторіть.

# Кілька програм на одній касі
terminal-programmes = Програми цієї каси
terminal-programmes-text = Поле сканування приймає коди всіх програм. Кожна має свій вхід, свої бали й свою чергу.
terminal-programmes-sale = Спершу завершіть або очистьте продаж
terminal-programme-switch = Змінити програму
terminal-programme-person = Вхід виконано: { $name }
terminal-programme-nobody = Ніхто не ввійшов
terminal-programme-no-lease = Немає ліміту без мережі
terminal-programme-now = Тепер { $name }
terminal-programme-waits-pin = У цій програмі чекає код. Увійдіть, і його буде прийнято.
terminal-join-text = Відскануйте код реєстрації від іншого виробника, вставте його або виберіть знімок. Програми, які вже тут, залишаться.
terminal-other-title = Цей код належить до { $name }
terminal-other-switch = Перейти до { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] не завершено { $count } рядок
        [few] не завершено { $count } рядки
       *[other] не завершено { $count } рядків
    }
terminal-other-text = Продаж залишається у своїй програмі. Спершу завершіть його; наступний буде в { $name }.
terminal-other-finish = Завершити цей продаж
terminal-other-next = Записано. Далі { $name }
terminal-resting-title = Залишені на цій касі
terminal-leave-programme-text = Каса більше не обслуговує цю програму. Усі інші залишаються. Її можна повернути сюди будь-коли.
terminal-leave-programme-keeps = Або вийдіть зараз: ненадіслане залишиться на касі й піде, коли програма повернеться.
terminal-leave-programme-lease = За касою ще лишається ліміт: { $points }. Спершу поверніть його, інакше він так і буде за нею.
