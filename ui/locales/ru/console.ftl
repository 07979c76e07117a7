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
