# Words of the console screens.
console-title = Консоль Carrot
console-user = Ім’я користувача
console-password = Пароль
console-scheme-system = Авто

# Places
console-nav-today = Сьогодні
console-nav-review = Перевірка
console-nav-people = Люди
console-nav-sales = Продажі
console-nav-claims = Заявки
console-nav-visits = Візити
console-nav-products = Товари
console-nav-rules = Правила
console-nav-devices = Пристрої
console-nav-money = Гроші
console-nav-audit = Журнал дій

# Lists
console-page = { $first }–{ $last } із { $all }
console-page-before = Попередня сторінка
console-page-after = Наступна сторінка
console-nobody = Ніхто
console-by = від: { $name }
console-all-roles = Усі ролі
console-all-states = Усі стани
console-all-outlets = Усі точки
console-all-categories = Усі категорії
console-all-devices = Усі види
console-name = Ім’я
console-role = Роль
console-outlet = Торгова точка
console-person = Людина
console-cashier = Касир
console-seller = Продавець
console-buyer = Покупець
console-merchandiser = Мерчандайзер
console-product = Товар
console-category = Категорія
console-when = Коли
console-amount = Сума
console-points = Бали
console-points-both = Покупець / продавець
console-state = Стан
console-kind = Вид
console-last = Остання активність
console-spendable = Доступно
console-code = Код
console-phone = Телефон
console-email = Ел. пошта
console-clawback = Борг після скасувань
console-devices = Пристрої
console-history = Історія
console-history-none = Поки що нічого не сталося
console-history-none-text = Тут з’являться продажі, заявки й візити з поясненнями.

# Today
console-today-sub = Програма одним поглядом
console-issued = Нараховано сьогодні
console-issued-note = { $points } за 31 день
console-active = Активні за тиждень
console-active-unit = із { $all } осіб
console-active-note = Щось зробили за останні 7 днів
console-liability = Винні учасникам
console-liability-note = з них очікують { $points }
console-exposure = Ризик без мережі, щонайбільше
console-exposure-note = втрачено поки { $points }
console-series = { $name }, останні 31 день
console-chart-title = Нараховано балів за день
console-chart-label = Нараховано за день, { $points } за 31 день
console-chart-last = { $points } сьогодні
console-waiting = Чекає на вас
console-waiting-none = Нічого не чекає
console-waiting-none-text = Тут з’являться фото, малі залишки та мовчазні пристрої.
console-waiting-reviews =
    { $count ->
        [one] { $count } заявка на перевірку
        [few] { $count } заявки на перевірку
       *[other] { $count } заявок на перевірку
    }
console-waiting-reviews-sub = найстаріша { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } команду відкладено
        [few] { $count } команди відкладено
       *[other] { $count } команд відкладено
    }
console-waiting-parked-sub = Вирішувати людині · найстаріша { $since }
console-waiting-stock = { $name }: лишилося { $left }
console-waiting-stock-sub = Ця винагорода скоро закінчиться
console-waiting-silent = { $name }: немає зв’язку
console-waiting-silent-sub = останній зв’язок { $since } · ліміт { $points }

# Review
console-review-sub = Подивіться, порівняйте, вирішіть.
console-review-open =
    { $count ->
        [one] { $count } відкрита
        [few] { $count } відкриті
       *[other] { $count } відкритих
    }
console-review-none = Усе вирішено
console-review-none-text = Нові візити й заявки з’являться тут.
console-review-own = Це про вас: вирішує хтось інший.
console-review-waits = Фото ще в дорозі. Схвалити можна, коли воно надійде.
console-approve = Схвалити
console-refuse = Відхилити
console-approved = Схвалено: { $points } – { $name }
console-refused = Відхилено: { $name } побачить причину
console-refuse-title = Відхилити?
console-refuse-text = { $name } не отримає { $points }. Це не можна скасувати.
console-refuse-reason = Чому – словами для людини
console-checklist = Чек-лист
console-note = Примітка
console-evidence = Підтвердження
console-reasons = Чому
console-photo = Фото { $number } із { $all }
console-photos = Фото
console-photo-missing = Фото ще не надійшло
console-photo-missing-text = Телефон надішле його за доброї мережі.

# People
console-people-search = Ім’я, код, телефон або пошта
console-people-none = Поки немає учасників
console-people-none-text = Імпортуйте людей або хай приєднаються за кодом.

# Sales, claims, visits
console-sales-search = Ім’я або продаж
console-sales-none = Продажів поки немає
console-sales-none-text = З’являться, щойно термінал їх надішле.
console-void = Скасовано
console-lines = Позиції
console-typed-amount = Введена сума
console-sale-id = Продаж
console-awards = Нарахування
console-awards-none = Нікому не нараховано.
console-what-happened = Що сталося
console-claims-search = Продавець, код або чек
console-claims-none = Заявок поки немає
console-claims-none-text = Продавці роблять їх із телефона, навіть без мережі.
console-visits-search = Мерчандайзер або точка
console-visits-none = Візитів поки немає
console-visits-none-text = З’являться, коли мерчандайзер закриє візит.
console-in-order = { $good } із { $all } гаразд
console-there = На місці

# Products
console-products-search = Назва, марка або код
console-products-none = Прайс-лист порожній
console-products-none-text = Імпортуйте товари, щоб нараховувати за них бали.
console-price = Ціна
console-buyer-points = Бали покупцеві
console-seller-points = Бали продавцеві
console-version = З версії
console-version-now = Діє версія { $version }
console-changes =
    { $count ->
        [one] { $count } зміна
        [few] { $count } зміни
       *[other] { $count } змін
    }
console-discard = Скинути
console-preview = Перегляд
console-publish = Опублікувати
console-preview-title =
    { $count ->
        [one] { $count } товар зміниться у версії { $version }
        [few] { $count } товари зміняться у версії { $version }
       *[other] { $count } товарів зміниться у версії { $version }
    }
console-published =
    { $count ->
        [one] Версію { $version } опубліковано: змінено { $count } товар
        [few] Версію { $version } опубліковано: змінено { $count } товари
       *[other] Версію { $version } опубліковано: змінено { $count } товарів
    }

# Rules
console-rules-now = Чинні
console-rules-draft = Чернетка
console-rules-versions = Версії
console-rules-none = Правил ще немає
console-rules-none-text = Товари дають стільки, скільки вказано в прайс-листі.
console-rule-when = Коли
console-rule-if = Лише якщо
console-rule-gives = Дає
console-rule-to = Кому
console-rule-time = Діє
console-rule-from = з { $at }
console-rule-until = до { $at }
console-rule-limits = Не більше
console-rule-budget = З бюджету

# What rules say
console-trigger-sale = Продаж
console-trigger-payment = Оплата
console-trigger-joined = Хтось приєднується
console-trigger-event = Виміряно: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } день без покупки
        [few] { $days } дні без покупки
       *[other] { $days } днів без покупки
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } день після вступу
        [few] { $days } дні після вступу
       *[other] { $days } днів після вступу
    }
console-effect-per-unit = { $points } за кожну штуку
console-effect-per-amount = { $points } за кожні повні { $amount }
console-effect-percent = { $rate } суми балами
console-effect-discount = Знижка { $rate }
console-rate-banded = від { $low } до { $high } ({ $field })
console-effect-multiply = у { $times } раза більше, ніж дає рядок
console-effect-fixed = { $points } один раз
console-effect-every = { $points } щоразу, коли { $tally } проходить число, кратне { $nth }
console-effect-per-measure = { $points } за кожні повні { $step } виміру
console-effect-levels = { $effect }; з цього вгору ланцюжком рекомендацій: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: немає
console-cond-between = { $field }: від { $from } до { $to }, не включно
console-cond-from = { $field }: не менше { $from }
console-cond-under = { $field }: менше { $to }
console-cond-not = не ({ $cond })
console-cond-lesson = урок { $name } складено
console-cond-tier = не нижче сходинки { $step } у { $ladder }
console-cond-referred = за рекомендацією
console-cond-not-referred = без рекомендації
console-field-product = товар
console-field-brand = марка
console-field-category = категорія
console-field-outlet = точка продажу
console-field-partner = партнер
console-field-country = країна
console-field-city = місто
console-field-role = роль
console-field-segment = сегмент
console-field-evidence = підтвердження
console-field-currency = валюта
console-field-quantity = кількість
console-field-amount = сума
console-field-basket = сума чека
console-field-value = значення
console-field-weekday = день тижня
console-field-minute = час доби
console-who-buyer = Покупець
console-who-seller = Продавець
console-who-actor = Хто записав
console-who-owner = Власник магазину
console-who-shop = Каса магазину
console-who-staff = Усі працівники
console-who-referrer = Хто рекомендував
console-per-person = на людину
console-per-outlet = на точку
console-per-partner = на партнера
console-per-rule = на всіх разом
console-within-day = на день
console-within-week = на тиждень
console-within-month = на місяць
console-within-year = на рік
console-within-ever = усього
console-within-days =
    { $days ->
        [one] за { $days } день
        [few] за { $days } дні
       *[other] за { $days } днів
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } раз { $per } { $within }
        [few] { $count } рази { $per } { $within }
       *[other] { $count } разів { $per } { $within }
    }

# A draft of the rules
console-draft-text = Набір правил у JSON
console-draft-none = Відкрийте файл, вставте набір правил або почніть із чинних.
console-draft-open = Відкрити файл
console-draft-copy = Почати з чинних
console-draft-check = Перевірити
console-draft-good =
    { $count ->
        [one] Версію { $version } можна опублікувати: { $count } правило
        [few] Версію { $version } можна опублікувати: { $count } правила
       *[other] Версію { $version } можна опублікувати: { $count } правил
    }
console-draft-problems =
    { $count ->
        [one] Знайдено { $count } проблему
        [few] Знайдено { $count } проблеми
       *[other] Знайдено { $count } проблем
    }
console-draft-version = У чернетці версія { $version }, а наступна — { $next }
console-draft-jump = Рядок { $line }
console-draft-refused = Треба змінити
console-draft-warning = Попередження
console-draft-note = Чому, для списку версій
console-draft-publish-title = Опублікувати версію { $version }?
console-draft-publish-text = Вона діє одразу. Пристрої отримають її під час наступного підключення. Бюджети буде відкладено.
console-draft-published = Діє версія { $version }
console-versions-none = Тут ще нічого не публікували
console-versions-none-text = Тут з’явиться кожна публікація правил або прайс-листа.
console-version-rules =
    { $count ->
        [one] { $count } правило
        [few] { $count } правила
       *[other] { $count } правил
    }
console-version-prices = Прайс-лист

# Replay of a draft
console-replay = Прогін по минулому
console-replay-run = Прогнати по минулому
console-replay-progress = { $taken } з { $total }
console-replay-cancelled = Прогін перервано.
console-replay-failed = Прогін на сервері не вдався. Спробуйте ще раз; якщо не допоможе, перегляньте журнал сервера.
console-replay-of =
    { $count ->
        [one] Версія { $version }: { $count } подія, з { $from } по { $to }
        [few] Версія { $version }: { $count } події, з { $from } по { $to }
       *[other] Версія { $version }: { $count } подій, з { $from } по { $to }
    }
console-replay-now = за чинними правилами { $points }
console-replay-cost = Вартість
console-replay-cost-note = З податком і внесками
console-replay-discounts = і { $amount } знижок
console-replay-gain = Отримають більше
console-replay-lose = { $lose } — менше, { $stay } — стільки ж
console-replay-top = Дістається верхньому 1 %
console-replay-day = Найкращий день: { $points }, { $name }
console-replay-rules = За правилами
console-replay-roles = За ролями
console-replay-months = За місяцями
console-replay-outlets = За точками
console-replay-others = Усі інші
console-replay-nowhere = Без точки
console-replay-winners = Найбільше виграють
console-replay-losers = Найбільше втратять
console-replay-spread = Як розподілено зміни
console-replay-spread-sub = Стільки людей мають не більше цієї зміни
console-replay-part = { $part } людей
console-replay-budgets = Бюджети
console-replay-budget = залишилося { $left } з { $all }
console-replay-exhausted = вичерпано { $date }
console-replay-bounds = Досягнуті межі
console-replay-bound = урізано: { $cut } · не лишилося: { $refused }
console-bound-limit = ліміт
console-bound-budget = бюджет
console-bound-liability = межа зобов’язань
console-price-list = Прайс-лист

# Devices and enrolment
console-devices-search = Назва пристрою
console-devices-none = Пристроїв поки немає
console-devices-none-text = Створіть код вище й відскануйте його новим пристроєм.
console-device = Пристрій
console-belongs = Належить
console-seen = Останній зв’язок
console-commands = Команди
console-silent = Немає зв’язку
console-revoke = Відкликати
console-revoke-title = Відкликати { $name }?
console-revoke-text = Він більше не зможе продавати, списувати й синхронізуватися. Ненадіслане чекатиме рішення людини. Скасувати не можна: щоб повернути, під’єднайте знову.
console-revoked = { $name }: доступ відкликано
console-enrol = Під’єднати пристрій
console-enrol-sub = Кожен код – один пристрій, діє десять хвилин.
console-enrol-new = Новий код
console-enrol-title = Відскануйте новим пристроєм
console-enrol-qr = Код під’єднання
console-enrol-text = Код текстом
console-enrol-left = Діє ще { $time }
console-enrol-over = Код сплив: створіть новий
console-copy = Копіювати
console-copied = Скопійовано
console-copy-failed = Копіювання заборонено: виділіть текст і скопіюйте

# Money
console-money-sub = Що винні, що утримано й що втрачено, у балах
console-held = У лімітах терміналів
console-held-note = вільно в бюджеті: { $points }
console-loss = Втрачено без мережі
console-loss-note = Поки не списано
console-redeemed = Списано
console-redeemed-note = з усіх нарахованих: { $points }
console-leases = Ліміти терміналів
console-leases-none = Лімітів поки немає
console-leases-none-text = Термінал просить ліміт, щоб списувати бали без мережі.
console-lease-held = У ліміті
console-lease-of = { $held } із { $granted }
console-lease-filled = Поповнено
console-lease-until = Діє до
console-lease-stale = Потрібен зв’язок
console-lease-fresh = Діє

# Audit log
console-audit-sub = Звідси нічого не видаляється
console-action = Дія
console-actor = Хто
console-subject = З чим
console-server = Сервер
console-action-price-list-publish = Опубліковано прайс-лист
console-action-rules-publish = Правила опубліковано
console-action-session-begin = Вхід
console-action-session-end = Вихід
console-action-participant-view = Перегляд людини
console-action-device-enrol = Під’єднано пристрій
console-action-device-revoke = Відкликано пристрій
console-action-enrolment-create = Створено код під’єднання
console-action-enrolment-issue = Видано код під’єднання
console-action-programme-create = Створено програму
console-action-import-write = Імпортовано файли
console-action-admin-password = Видано пароль
console-action-server-restore = Відновлено з копії
console-action-review-decide = Рішення за перевіркою

# Members of open sets
console-role-seller = Продавець
console-role-cashier = Касир
console-role-buyer = Покупець
console-role-merchandiser = Мерчандайзер
console-role-owner = Власник магазину
console-role-purchaser = Закупник
console-role-manager = Менеджер
console-role-approver = Погоджувач
console-device-terminal = Термінал
console-device-phone = Телефон
console-device-status-active = Працює
console-device-status-revoked = Відкликано
console-state-active = Підтверджено
console-state-pending = Очікує
console-state-review = На перевірці
console-state-rejected = Відхилено
console-state-reversed = Скасовано
console-state-approved = Схвалено
console-state-refused = Відмовлено
console-state-accepted = Прийнято
console-state-parked = Відкладено
console-state-revoked = Відкликано
console-review-visit = Візит
console-review-claim = Заявка
console-activity-sale = Продаж
console-activity-claim = Заявка
console-activity-visit = Візит
console-activity-quiz = Урок
console-activity-redeem = Винагорода
console-activity-opening = Початковий залишок
console-evidence-till = Каса
console-evidence-code = Код із коробки
console-evidence-receipt = Чек
console-command-sale-record = Продаж
console-command-sale-void = Скасування
console-command-claim-submit = Заявка
console-command-review-decide = Рішення
console-category-machine = Кавомашини
console-category-beans = Зерна
console-category-capsules = Капсули
console-category-accessories = Аксесуари
console-category-cups = Чашки
console-category-syrups = Сиропи
console-category-filters = Фільтри

# Refusals that only the console meets
error-login-wrong = Неправильне ім’я або пароль
    .remedy = Введіть їх ще раз. Після п’яти помилок доведеться зачекати.
error-login-locked = Забагато неправильних паролів
    .remedy = Спробуйте через { $minutes } хв або зверніться до менеджера.
error-awaits-photo = Фото ще не надійшло
    .remedy = Зачекайте, доки телефон його надішле, або відхиліть із поясненням.
error-review-closed = Це вже вирішено
    .remedy = Переходьте до наступної заявки.
error-review-unknown = Такої перевірки немає
    .remedy = Завантажте список ще раз.
error-price-list-changed = Хтось уже опублікував зміни
    .remedy = Перевірте нові бали й опублікуйте ще раз.
error-nothing-to-publish = У всіх товарів уже такі бали
    .remedy = Спершу змініть бали.
error-participant-unknown = Цієї людини немає в програмі
    .remedy = Знайдіть її за ім’ям.
error-sale-unknown = Цей продаж тут невідомий
    .remedy = Можливо, його ще не надіслано. Шукайте за точкою й днем.
console-review-event = Виміряна подія
console-review-signal = Сигнал
console-signal-seen = Переглянуто
console-signal-closed = Сигнал закрито
console-activity-event = Виміряна подія
console-activity-referral = Рекомендація
console-activity-quiet = З поверненням
console-activity-anniversary = Річниця
console-state-confirmed = Підтверджено сильнішим доказом
console-state-overridden = Каса назвала іншого
console-evidence-photo = Фото
console-evidence-statement = Слово продавця
console-command-referral-accept = Рекомендація
console-command-event-record = Виміряна подія
console-action-event-record = Записано виміряну подію
console-event-title = Записати подію
console-event-name = Подія
console-event-value = Скільки
console-event-record = Записати
console-event-done = Записано. Бали: { $points }
error-rules-refused = Чернетку не можна опублікувати в такому вигляді
    .remedy = Перевірте її: біля кожної проблеми є підказка.
error-rules-changed = Версія не йде за чинною: { $version }
    .remedy = Завантажте правила знову й перенесіть зміни.
error-budget-below-spent = З бюджету { $budget } вже витрачено балів: { $spent }
    .remedy = Вкажіть не менше цього.
error-replay-running = Триває інший прогін
    .remedy = Дочекайтеся кінця або перервіть його.
