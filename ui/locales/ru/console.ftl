# Words of the console screens.
console-title = Консоль Carrot
console-user = Имя пользователя
console-password = Пароль
console-scheme-system = Авто

# Places
console-nav-today = Сегодня
console-nav-review = Проверка
console-nav-people = Люди
console-nav-sales = Продажи
console-nav-claims = Заявки
console-nav-visits = Визиты
console-nav-products = Товары
console-nav-rules = Правила
console-nav-devices = Устройства
console-nav-money = Деньги
console-nav-audit = Журнал действий

# Lists
console-page = { $first }–{ $last } из { $all }
console-page-before = Предыдущая страница
console-page-after = Следующая страница
console-nobody = Никто
console-by = от: { $name }
console-all-roles = Все роли
console-all-states = Все состояния
console-all-outlets = Все точки
console-all-categories = Все категории
console-all-devices = Все виды
console-name = Имя
console-role = Роль
console-outlet = Торговая точка
console-person = Человек
console-cashier = Кассир
console-seller = Продавец
console-buyer = Покупатель
console-merchandiser = Мерчандайзер
console-product = Товар
console-category = Категория
console-when = Когда
console-amount = Сумма
console-points = Баллы
console-points-both = Покупатель / продавец
console-state = Состояние
console-kind = Вид
console-last = Последняя активность
console-spendable = Доступно
console-code = Код
console-phone = Телефон
console-email = Эл. почта
console-clawback = Долг после отмен
console-devices = Устройства
console-history = История
console-history-none = Пока ничего не произошло
console-history-none-text = Здесь появятся продажи, заявки и визиты с пояснениями.

# Today
console-today-sub = Программа с одного взгляда
console-issued = Начислено сегодня
console-issued-note = { $points } за 31 день
console-active = Активны за неделю
console-active-unit = из { $all } человек
console-active-note = Что-то сделали за последние 7 дней
console-liability = Должны участникам
console-liability-note = из них ожидают { $points }
console-exposure = Риск без сети, не более
console-exposure-note = потеряно пока { $points }
console-series = { $name }, последние 31 день
console-chart-title = Начислено баллов за день
console-chart-label = Начислено за день, { $points } за 31 день
console-chart-last = { $points } сегодня
console-waiting = Ждёт вас
console-waiting-none = Ничего не ждёт
console-waiting-none-text = Здесь появятся фото, малые остатки и молчащие устройства.
console-waiting-reviews =
    { $count ->
        [one] { $count } заявка на проверку
        [few] { $count } заявки на проверку
       *[other] { $count } заявок на проверку
    }
console-waiting-reviews-sub = старейшая { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } команда отложена
        [few] { $count } команды отложены
       *[other] { $count } команд отложено
    }
console-waiting-parked-sub = Решать человеку · старейшая { $since }
console-waiting-stock = { $name }: осталось { $left }
console-waiting-stock-sub = Эта награда скоро закончится
console-waiting-silent = { $name }: нет связи
console-waiting-silent-sub = последняя связь { $since } · лимит { $points }

# Review
console-review-sub = Посмотрите, сравните, решите.
console-review-open =
    { $count ->
        [one] { $count } открытая
        [few] { $count } открытые
       *[other] { $count } открытых
    }
console-review-none = Всё решено
console-review-none-text = Новые визиты и заявки появятся здесь.
console-review-own = Это о вас: решает кто-то другой.
console-review-waits = Фото ещё в пути. Одобрить можно, когда оно придёт.
console-approve = Одобрить
console-refuse = Отклонить
console-approved = Одобрено: { $points } – { $name }
console-refused = Отклонено: { $name } увидит причину
console-refuse-title = Отклонить?
console-refuse-text = { $name } не получит { $points }. Это нельзя отменить.
console-refuse-reason = Почему – словами для человека
console-checklist = Чек-лист
console-note = Примечание
console-evidence = Подтверждения
console-reasons = Почему
console-photo = Фото { $number } из { $all }
console-photos = Фото
console-photo-missing = Фото ещё не пришло
console-photo-missing-text = Телефон отправит его при хорошей сети.

# People
console-people-search = Имя, код, телефон или почта
console-people-none = Пока нет участников
console-people-none-text = Импортируйте людей или пусть присоединятся по коду.

# Sales, claims, visits
console-sales-search = Имя или продажа
console-sales-none = Продаж пока нет
console-sales-none-text = Появятся, как только терминал их отправит.
console-void = Отменена
console-lines = Позиции
console-typed-amount = Введённая сумма
console-sale-id = Продажа
console-awards = Начисления
console-awards-none = Никому не начислено.
console-what-happened = Что произошло
console-claims-search = Продавец, код или чек
console-claims-none = Заявок пока нет
console-claims-none-text = Продавцы делают их с телефона, даже без сети.
console-visits-search = Мерчандайзер или точка
console-visits-none = Визитов пока нет
console-visits-none-text = Появятся, когда мерчандайзер закроет визит.
console-in-order = { $good } из { $all } в порядке
console-there = На месте

# Products
console-products-search = Название, марка или код
console-products-none = Прайс-лист пуст
console-products-none-text = Импортируйте товары, чтобы начислять за них баллы.
console-price = Цена
console-buyer-points = Баллы покупателю
console-seller-points = Баллы продавцу
console-version = С версии
console-version-now = Действует версия { $version }
console-changes =
    { $count ->
        [one] { $count } изменение
        [few] { $count } изменения
       *[other] { $count } изменений
    }
console-discard = Сбросить
console-preview = Просмотр
console-publish = Опубликовать
console-preview-title =
    { $count ->
        [one] { $count } товар изменится в версии { $version }
        [few] { $count } товара изменятся в версии { $version }
       *[other] { $count } товаров изменятся в версии { $version }
    }
console-published =
    { $count ->
        [one] Версия { $version } опубликована: изменён { $count } товар
        [few] Версия { $version } опубликована: изменено { $count } товара
       *[other] Версия { $version } опубликована: изменено { $count } товаров
    }

# Rules
console-rules-now = Действуют
console-rules-draft = Черновик
console-rules-versions = Версии
console-rules-none = Правил пока нет
console-rules-none-text = Товары дают столько, сколько указано в прайс-листе.
console-rule-when = Когда
console-rule-if = Только если
console-rule-gives = Даёт
console-rule-to = Кому
console-rule-time = Действует
console-rule-from = с { $at }
console-rule-until = до { $at }
console-rule-limits = Не больше
console-rule-budget = Из бюджета

# What rules say
console-trigger-sale = Продажа
console-trigger-payment = Оплата
console-trigger-joined = Кто-то вступает
console-trigger-event = Измерено: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } день без покупки
        [few] { $days } дня без покупки
       *[other] { $days } дней без покупки
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } день после вступления
        [few] { $days } дня после вступления
       *[other] { $days } дней после вступления
    }
console-effect-per-unit = { $points } за каждую штуку
console-effect-per-amount = { $points } за каждые полные { $amount }
console-effect-percent = { $rate } суммы баллами
console-effect-discount = Скидка { $rate }
console-rate-banded = от { $low } до { $high } ({ $field })
console-effect-multiply = в { $times } раза больше, чем даёт строка
console-effect-fixed = { $points } один раз
console-effect-every = { $points } каждый раз, когда { $tally } проходит число, кратное { $nth }
console-effect-per-measure = { $points } за каждые полные { $step } измерения
console-effect-levels = { $effect }; из этого вверх по цепочке рекомендаций: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: нет
console-cond-between = { $field }: от { $from } до { $to }, не включая
console-cond-from = { $field }: не меньше { $from }
console-cond-under = { $field }: меньше { $to }
console-cond-not = не ({ $cond })
console-cond-lesson = урок { $name } сдан
console-cond-tier = не ниже ступени { $step } в { $ladder }
console-cond-referred = по рекомендации
console-cond-not-referred = без рекомендации
console-field-product = товар
console-field-brand = марка
console-field-category = категория
console-field-outlet = точка продажи
console-field-partner = партнёр
console-field-country = страна
console-field-city = город
console-field-role = роль
console-field-segment = сегмент
console-field-evidence = подтверждение
console-field-currency = валюта
console-field-quantity = количество
console-field-amount = сумма
console-field-basket = сумма чека
console-field-value = значение
console-field-weekday = день недели
console-field-minute = время суток
console-who-buyer = Покупатель
console-who-seller = Продавец
console-who-actor = Кто записал
console-who-owner = Владелец магазина
console-who-shop = Касса магазина
console-who-staff = Все сотрудники
console-who-referrer = Кто рекомендовал
console-per-person = на человека
console-per-outlet = на точку
console-per-partner = на партнёра
console-per-rule = на всех вместе
console-within-day = в день
console-within-week = в неделю
console-within-month = в месяц
console-within-year = в год
console-within-ever = всего
console-within-days =
    { $days ->
        [one] за { $days } день
        [few] за { $days } дня
       *[other] за { $days } дней
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } раз { $per } { $within }
        [few] { $count } раза { $per } { $within }
       *[other] { $count } раз { $per } { $within }
    }

# A draft of the rules
console-draft-text = Набор правил в JSON
console-draft-none = Откройте файл, вставьте набор правил или начните с действующих.
console-draft-open = Открыть файл
console-draft-copy = Начать с действующих
console-draft-check = Проверить
console-draft-good =
    { $count ->
        [one] Версию { $version } можно опубликовать: { $count } правило
        [few] Версию { $version } можно опубликовать: { $count } правила
       *[other] Версию { $version } можно опубликовать: { $count } правил
    }
console-draft-problems =
    { $count ->
        [one] Найдена { $count } проблема
        [few] Найдено { $count } проблемы
       *[other] Найдено { $count } проблем
    }
console-draft-version = В черновике версия { $version }, а следующая — { $next }
console-draft-jump = Строка { $line }
console-draft-refused = Нужно изменить
console-draft-warning = Предупреждение
console-draft-note = Почему, для списка версий
console-draft-publish-title = Опубликовать версию { $version }?
console-draft-publish-text = Она действует сразу. Устройства получат её при следующем подключении. Бюджеты будут отложены.
console-draft-published = Действует версия { $version }
console-versions-none = Здесь ещё ничего не публиковали
console-versions-none-text = Здесь появится каждая публикация правил или прайс-листа.
console-version-rules =
    { $count ->
        [one] { $count } правило
        [few] { $count } правила
       *[other] { $count } правил
    }
console-version-prices = Прайс-лист

# Replay of a draft
console-replay = Прогон по прошлому
console-replay-run = Прогнать по прошлому
console-replay-progress = { $taken } из { $total }
console-replay-cancelled = Прогон прерван.
console-replay-failed = Прогон на сервере не удался. Попробуйте ещё раз; если не поможет, посмотрите журнал сервера.
console-replay-of =
    { $count ->
        [one] Версия { $version }: { $count } событие, с { $from } по { $to }
        [few] Версия { $version }: { $count } события, с { $from } по { $to }
       *[other] Версия { $version }: { $count } событий, с { $from } по { $to }
    }
console-replay-now = по действующим правилам { $points }
console-replay-cost = Стоимость
console-replay-cost-note = С налогом и взносами
console-replay-discounts = и { $amount } скидок
console-replay-gain = Получат больше
console-replay-lose = { $lose } — меньше, { $stay } — столько же
console-replay-top = Достаётся верхнему 1 %
console-replay-day = Лучший день: { $points }, { $name }
console-replay-rules = По правилам
console-replay-roles = По ролям
console-replay-months = По месяцам
console-replay-outlets = По точкам
console-replay-others = Все остальные
console-replay-nowhere = Без точки
console-replay-winners = Больше всех выиграют
console-replay-losers = Больше всех потеряют
console-replay-spread = Как распределены изменения
console-replay-spread-sub = Столько людей имеют не больше этого изменения
console-replay-part = { $part } людей
console-replay-budgets = Бюджеты
console-replay-budget = осталось { $left } из { $all }
console-replay-exhausted = исчерпан { $date }
console-replay-bounds = Достигнутые пределы
console-replay-bound = урезано: { $cut } · не осталось: { $refused }
console-bound-limit = лимит
console-bound-budget = бюджет
console-bound-liability = предел обязательств
console-price-list = Прайс-лист

# Devices and enrolment
console-devices-search = Название устройства
console-devices-none = Устройств пока нет
console-devices-none-text = Создайте код выше и отсканируйте его новым устройством.
console-device = Устройство
console-belongs = Принадлежит
console-seen = Последняя связь
console-commands = Команды
console-silent = Нет связи
console-revoke = Отозвать
console-revoke-title = Отозвать { $name }?
console-revoke-text = Оно больше не сможет продавать, списывать и синхронизироваться. Неотправленное подождёт решения человека. Отменить нельзя: чтобы вернуть, подключите заново.
console-revoked = { $name }: доступ отозван
console-enrol = Подключить устройство
console-enrol-sub = Каждый код – одно устройство, действует десять минут.
console-enrol-new = Новый код
console-enrol-title = Отсканируйте новым устройством
console-enrol-qr = Код подключения
console-enrol-text = Код текстом
console-enrol-left = Действует ещё { $time }
console-enrol-over = Код истёк: создайте новый
console-copy = Копировать
console-copied = Скопировано
console-copy-failed = Копирование запрещено: выделите текст и скопируйте

# Money
console-money-sub = Что должны, что держим и что потеряно, в баллах
console-held = В лимитах терминалов
console-held-note = свободно в бюджете: { $points }
console-loss = Потеряно без сети
console-loss-note = Пока не списано
console-redeemed = Списано
console-redeemed-note = из всех начисленных: { $points }
console-leases = Лимиты терминалов
console-leases-none = Лимитов пока нет
console-leases-none-text = Терминал просит лимит, чтобы списывать баллы без сети.
console-lease-held = В лимите
console-lease-of = { $held } из { $granted }
console-lease-filled = Пополнен
console-lease-until = Действует до
console-lease-stale = Нужна связь
console-lease-fresh = Действует

# Audit log
console-audit-sub = Отсюда ничего не удаляется
console-action = Действие
console-actor = Кто
console-subject = С чем
console-server = Сервер
console-action-price-list-publish = Опубликован прайс-лист
console-action-rules-publish = Правила опубликованы
console-action-session-begin = Вход
console-action-session-end = Выход
console-action-participant-view = Просмотр человека
console-action-device-enrol = Подключено устройство
console-action-device-revoke = Отозвано устройство
console-action-enrolment-create = Создан код подключения
console-action-enrolment-issue = Выдан код подключения
console-action-programme-create = Создана программа
console-action-import-write = Импортированы файлы
console-action-admin-password = Выдан пароль
console-action-server-restore = Восстановлено из копии
console-action-review-decide = Решение по проверке

# Members of open sets
console-role-seller = Продавец
console-role-cashier = Кассир
console-role-buyer = Покупатель
console-role-merchandiser = Мерчандайзер
console-role-owner = Владелец магазина
console-role-purchaser = Закупщик
console-role-manager = Менеджер
console-role-approver = Согласующий
console-device-terminal = Терминал
console-device-phone = Телефон
console-device-status-active = Работает
console-device-status-revoked = Отозвано
console-state-active = Подтверждено
console-state-pending = Ожидает
console-state-review = На проверке
console-state-rejected = Отклонено
console-state-reversed = Отменено
console-state-approved = Одобрено
console-state-refused = Отказано
console-state-accepted = Принято
console-state-parked = Отложено
console-state-revoked = Отозвано
console-review-visit = Визит
console-review-claim = Заявка
console-activity-sale = Продажа
console-activity-claim = Заявка
console-activity-visit = Визит
console-activity-quiz = Урок
console-activity-redeem = Награда
console-activity-opening = Начальный остаток
console-evidence-till = Касса
console-evidence-code = Код из коробки
console-evidence-receipt = Чек
console-command-sale-record = Продажа
console-command-sale-void = Отмена
console-command-claim-submit = Заявка
console-command-review-decide = Решение
console-category-machine = Кофемашины
console-category-beans = Зёрна
console-category-capsules = Капсулы
console-category-accessories = Аксессуары
console-category-cups = Чашки
console-category-syrups = Сиропы
console-category-filters = Фильтры

# Refusals that only the console meets
error-login-wrong = Неверное имя или пароль
    .remedy = Введите их ещё раз. После пяти ошибок придётся подождать.
error-login-locked = Слишком много неверных паролей
    .remedy = Попробуйте через { $minutes } мин или обратитесь к менеджеру.
error-awaits-photo = Фото ещё не пришло
    .remedy = Подождите, пока телефон его отправит, или отклоните с пояснением.
error-review-closed = Это уже решено
    .remedy = Переходите к следующей заявке.
error-review-unknown = Такой проверки нет
    .remedy = Загрузите список ещё раз.
error-price-list-changed = Кто-то уже опубликовал изменения
    .remedy = Проверьте новые баллы и опубликуйте ещё раз.
error-nothing-to-publish = У всех товаров уже такие баллы
    .remedy = Сначала измените баллы.
error-participant-unknown = Этого человека нет в программе
    .remedy = Найдите его по имени.
error-sale-unknown = Эта продажа здесь неизвестна
    .remedy = Возможно, она ещё не отправлена. Ищите по точке и дню.
console-review-event = Измеренное событие
console-review-signal = Сигнал
console-signal-seen = Просмотрено
console-signal-closed = Сигнал закрыт
console-activity-event = Измеренное событие
console-activity-referral = Рекомендация
console-activity-quiet = С возвращением
console-activity-anniversary = Годовщина
console-state-confirmed = Подтверждено более сильным доказательством
console-state-overridden = Касса назвала другого
console-evidence-photo = Фото
console-evidence-statement = Слово продавца
console-command-referral-accept = Рекомендация
console-command-event-record = Измеренное событие
console-action-event-record = Записано измеренное событие
console-event-title = Записать событие
console-event-name = Событие
console-event-value = Сколько
console-event-record = Записать
console-event-done = Записано. Баллы: { $points }
error-rules-refused = Черновик нельзя опубликовать в таком виде
    .remedy = Проверьте его: у каждой проблемы есть подсказка.
error-rules-changed = Версия не следует за действующей: { $version }
    .remedy = Загрузите правила заново и перенесите изменения.
error-budget-below-spent = Из бюджета { $budget } уже потрачено баллов: { $spent }
    .remedy = Укажите не меньше этого.
error-replay-running = Идёт другой прогон
    .remedy = Дождитесь конца или прервите его.
