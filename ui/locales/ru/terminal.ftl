# Words of the terminal screens.

# First contact.
terminal-title = Терминал Carrot
terminal-queue-safe = Неотправленное хранится на терминале
terminal-lost = Программа этого экрана не отвечает. Сохранённое в безопасности; запустите её снова.
terminal-not-a-till = Это устройство не касса
terminal-not-a-till-text = Оно зарегистрировано как телефон. Откройте экраны телефона или зарегистрируйте отдельный терминал.

# Enrolment.
terminal-enrol-title = Регистрация терминала
terminal-enrol-text = Оператор создаёт код регистрации в консоли. Отсканируйте его здесь, вставьте или выберите снимок.
terminal-enrol-code = Код регистрации
terminal-enrol-hint = Каждый код регистрирует одно устройство, один раз.
terminal-enrol-name = Название терминала
terminal-enrol-name-first = Касса 1
terminal-enrol-go = Зарегистрировать

# Sign-in and sign-out.
terminal-sign-in = Кто за кассой?
terminal-cashier = Кассир
terminal-other-cashier = Другой человек
terminal-no-cashiers = Кассиров здесь пока нет
terminal-no-cashiers-text = Оператор добавляет людей в эту точку через консоль. Затем получите их здесь.
terminal-pin = PIN-код
terminal-pin-of = PIN-код: { $name }
terminal-pin-locked-until = Заблокировано до { $time }
terminal-leave-title = Завершить работу: { $name }?
terminal-leave-text = Всё отправлено. Может войти следующий кассир.
terminal-leave-waits =
    { $count ->
        [one] { $count } запись ещё не отправлена
        [few] { $count } записи ещё не отправлены
       *[other] { $count } записей ещё не отправлено
    }
terminal-leave-waits-text = Они в безопасности на терминале и уйдут сами, когда появится сеть. Если можно, немного подождите.
terminal-leave-sale = Продажа на экране не завершена и пропадёт
terminal-leave-stay = Остаться
terminal-leave-anyway = Всё равно выйти

# The sale.
terminal-sale = Продажа
terminal-scan-next = Сканируйте или введите товар
terminal-scan-short = Скан/ввод
terminal-scan-file = Считать с картинки
terminal-basket = Корзина
terminal-basket-empty = Готово к следующему покупателю
terminal-basket-empty-text = Отсканируйте товар или код покупателя. Можно ввести название, номер или сумму.
terminal-col-pieces = Кол.
terminal-col-item = Товар
terminal-col-each = Цена
terminal-col-sum = Сумма
terminal-line-amount = Сумма без товара
terminal-line-unit = считан код изделия
terminal-line-buyer = покупатель { $points }
terminal-line-seller = продавец { $points }
terminal-line-none = без баллов
terminal-count-lines =
    { $count ->
        [one] { $count } строка
        [few] { $count } строки
       *[other] { $count } строк
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } штука
        [few] { $count } штуки
       *[other] { $count } штук
    }
terminal-receipt-noted = чек учтён
terminal-to-pay = К оплате
terminal-people = Люди и баллы
terminal-finish = Завершить продажу
terminal-next-sale = Следующая продажа

# The keys.
terminal-keys = Клавиши
terminal-key-item = Найти товар
terminal-key-buyer = Покупатель
terminal-key-seller = Продавец
terminal-key-void = Отменить последнюю
terminal-key-amount = Сумма
terminal-key-quantity = Количество
terminal-key-remove = Убрать строку
terminal-key-clear = Очистить
terminal-key-redeem = Награда
terminal-removed = Строка убрана
terminal-cleared = Продажа очищена

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = Добавлено: { $amount }
terminal-say-buyer = Покупатель: { $name }
terminal-say-finished = Записано
terminal-say-voided = Отменено
terminal-say-full = В продаже до 20 строк. Сначала завершите её.
terminal-say-nothing = Пока нечего завершать
terminal-say-one-piece = В этой строке всегда одна штука
terminal-say-reading = Читаю
terminal-say-receipt = Чек учтён: { $amount }
terminal-say-unit-twice = Это изделие уже в продаже
terminal-say-which-product = От какого товара этот код?

# Buyer and seller.
terminal-buyer-empty = Покупателя пока нет
terminal-buyer-empty-sub = Отсканируйте код или найдите по номеру
terminal-buyer-unnamed = Покупатель без имени
terminal-buyer-proven = Код показан
terminal-buyer-earns = Может копить
terminal-buyer-remove = Убрать покупателя
terminal-buyer-title = Кто покупает?
terminal-buyer-text = Сканируйте код на телефоне или карту в любой момент. Или введите номер телефона.
terminal-buyer-label = Номер телефона, карта или код
terminal-buyer-go = Найти
terminal-balance-unknown = Баланс здесь неизвестен
terminal-balance-unsent = { $points } ещё не отправлено
terminal-balance-later = Новый баланс станет известен после отправки.
terminal-seller-empty = Продавец не выбран
terminal-seller-empty-sub = Выберите, кто продал
terminal-seller-shift = Продавец, до конца смены
terminal-seller-title = Кто продал?
terminal-seller-text = Выбор действует и для следующих продаж, пока его не сменят или кассир не выйдет.
terminal-seller-none = Продавцов здесь пока нет
terminal-seller-nobody = Без продавца
terminal-role-seller = Продавец
terminal-role-cashier = Кассир
terminal-role-owner = Владелец
terminal-nobody = Никого

# Both pots.
terminal-pots = Баллы за эту продажу
terminal-pot-buyer = Покупатель
terminal-pot-seller = Продавец
terminal-pot-empty = Появится с первым товаром
terminal-pot-none = За эти товары баллов нет
terminal-discount = Скидка: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Без покупателя начислять некому
terminal-pot-no-seller = Без продавца начислять некому
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } за каждые { $step } = { $points }

# Done.
terminal-done-title = Продажа записана
terminal-done-balance = Новый баланс:
terminal-done-no-buyer = Покупатель не указан.
terminal-done-confirmed = Подтверждено сервером
terminal-done-waits = Ждёт сети
terminal-done-waits-text = Она в безопасности и уйдёт сама.
terminal-done-next = Следующее сканирование начнёт новую продажу.

# Find an item, enter amounts and quantities.
terminal-item-title = Найти товар
terminal-item-label = Часть названия или номера
terminal-item-orphan = Выберите или отсканируйте товар, к которому относится { $code }
terminal-item-none = Товар не найден
terminal-item-none-text = Введите меньше букв или просто сумму.
terminal-item-no-price = нет цены
terminal-amount-title = Введите сумму
terminal-amount-text = Для товаров, которых нет в списке.
terminal-amount-label = Сумма
terminal-amount-go = Добавить
terminal-price-title = Цена: { $item }
terminal-price-text = В списке нет цены. Введите цену одной штуки.
terminal-quantity-title = Сколько штук?
terminal-quantity-label = Штук
terminal-quantity-less = На одну меньше
terminal-quantity-more = На одну больше
terminal-quantity-range = От 1 до { $max }
terminal-quantity-go = Задать

# Undo the last sale, and the list of sales.
terminal-void-title = Отменить последнюю продажу?
terminal-void-text = Баллы обеих сторон будут сняты. Продажа останется в списке с пометкой об отмене.
terminal-void-unseen = Последняя продажа этого терминала.
terminal-void-nothing = Отменять нечего
terminal-void-nothing-text = Последняя продажа уже отменена, или её не было.
terminal-void-keep = Оставить
terminal-void-go = Отменить продажу
terminal-void-done = Продажа отменена
terminal-void-waits = Продажа отменена здесь; отправится, когда будет сеть
terminal-sales-title = Продажи за сегодня
terminal-sales-empty = Продаж пока нет
terminal-sales-empty-text = Здесь появятся продажи за последние 24 часа.
terminal-sale-buyer = Покупатель { $name } { $points }
terminal-sale-seller = Продавец { $name } { $points }
terminal-sale-void = Отменена
terminal-sale-sent = Отправлена
terminal-sale-waits = Ждёт

# Redeem.
terminal-redeem-title = Выдача награды
terminal-proof-ask = Попросите покупателя показать меняющийся код на телефоне и отсканируйте его.
terminal-proof-why = { $name }: найдено по номеру или карте. Этого хватает, чтобы копить, но не тратить.
terminal-proof-scan = Сканируйте меняющийся код
terminal-rewards-none = На этой кассе наград нет
terminal-rewards-none-text = В программе нет наград, которые выдаёт кассир.
terminal-reward-and-cash = { $points } и { $cash }
terminal-reward-left =
    { $count ->
        [one] осталась { $count }
        [few] осталось { $count }
       *[other] осталось { $count }
    }
terminal-reward-gone = Закончилось
terminal-reward-enough = Баланса хватает
terminal-reward-short = не хватает { $points }
terminal-reward-short-some = Не хватает
terminal-reward-unknown = Баланс неизвестен
terminal-reward-covered = Можно без сети
terminal-reward-online = Нужна сеть
terminal-redeem-choose = Выберите награду
terminal-redeem-go = Выдать за { $cost }
terminal-redeem-give = Выдайте награду
terminal-redeem-wait = Пока не выдавайте
terminal-redeem-refused = Не выдавайте
terminal-redeem-confirmed-text = Сервер провёл списание.
terminal-redeem-lease-text = Сети нет, но лимит терминала это покрывает. Проведём при следующей связи.
terminal-redeem-wait-text = Серверу отправлен запрос, ответа ещё нет. Посмотрите очередь или повторите чуть позже.
terminal-redeem-refused-text = С баланса ничего не списано.

# Queue and lease.
terminal-queue-title = Очередь и сеть
terminal-queue-none = Всё отправлено
terminal-queue-waits =
    { $count ->
        [one] { $count } запись ждёт отправки
        [few] { $count } записи ждут отправки
       *[other] { $count } записей ждут отправки
    }
terminal-queue-oldest = Самая старая: { $when }
terminal-queue-last = Последняя связь: { $when }
terminal-queue-never = Связи с сервером ещё не было
terminal-queue-empty = Ничего не ждёт
terminal-queue-empty-text = Здесь появятся продажи, отмены и награды этого терминала с ответом сервера.
terminal-sync-now = Отправить и получить
terminal-syncing = Связываюсь с сервером
terminal-synced = Отправлено: { $sent }. Получено: { $received }.
terminal-synced-rejected = Отклонено: { $count }.
terminal-item-queued = Ждёт
terminal-item-sending = Отправляется
terminal-item-accepted = Принято
terminal-item-blocked = Остановлено
terminal-did-sale-record = Продажа
terminal-did-sale-void = Отмена продажи
terminal-did-reward-redeem = Выдача награды
terminal-did-lease-request = Запрос лимита без сети
terminal-did-lease-return = Возврат части лимита без сети
terminal-did-claim-submit = Заявка
terminal-did-visit-record = Визит
terminal-did-quiz-submit = Ответы к уроку
terminal-did-goal-set = Желание
terminal-did-review-decide = Решение
terminal-did-other = Запись: { $kind }
terminal-lease-title = Лимит наград без сети
terminal-lease-of = из { $granted }
terminal-lease-exposure = { $points } ещё не проведено
terminal-lease-until = Действует до { $when }
terminal-lease-stale = Лимит устарел; подключитесь один раз, чтобы обновить
terminal-lease-none = У терминала нет лимита: без сети он записывает продажи, но не выдаёт награды.
terminal-lease-wish = Сколько баллов
terminal-lease-ask = Запросить
terminal-lease-back = Вернуть
terminal-lease-text = Сервер решает, сколько терминал может выдать без сети.

# Camera, sounds and settings.
terminal-camera-title = Камера
terminal-camera-starting = Включаю камеру
terminal-camera-aim = Держите код ровно, чтобы он заполнял кадр.
terminal-camera-pick = Какая камера
terminal-camera-first = Первая доступная
terminal-camera-number = Камера { $number }
terminal-camera-try = Проверить
terminal-camera-stop = Остановить
terminal-camera-read = Считано: { $text }
terminal-camera-none = Камера не найдена
terminal-camera-none-text = Подключите её или разрешите в системе. Сканер, картинки и клавиатура работают и без неё.
terminal-camera-again = Искать снова
terminal-sound-text = Один звук, когда всё хорошо, другой при ошибке. Ошибка всегда видна и на экране.
terminal-sound-done = Готово
terminal-sound-wrong = Ошибка
terminal-volume = Громкость
terminal-about-server = Сервер
terminal-about-sync = Последняя связь
terminal-never = Никогда

# What a code reader refuses.
error-code-not-ours = Этот код программе ни о чём не говорит
    .remedy = Отсканируйте код товара или покупателя. Или найдите товар по названию.
error-code-damaged = Код не удаётся правильно прочитать
    .remedy = Сканируйте ещё раз или возьмите другой код на упаковке.
error-bad-length = В номере слишком мало или слишком много цифр
    .remedy = Сверьте с этикеткой и введите снова или отсканируйте.
error-cyrillic-layout = Сканер печатает кириллицу
    .remedy = Переключите раскладку на латинскую и сканируйте снова.
error-compressed-link = Код записан в сжатом виде, который не поддерживается
    .remedy = Сканируйте другой код на упаковке или введите номер.
error-deadline = Чтение картинки заняло слишком много времени
    .remedy = Выберите картинку поменьше, где виден только код.
error-camera-failed = Камера остановилась
    .remedy = Проверьте кабель и повторите или считайте картинку.
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
error-bad-enrolment-code = Это не код регистрации
    .remedy = Скопируйте код из консоли целиком или отсканируйте его там.
error-device-in-use = Данные устройства открыты другой программой
    .remedy = Закройте другое окно и повторите.
error-keyring-unavailable = Хранилище ключей системы не отвечает
    .remedy = Разблокируйте его или войдите в систему заново. Неотправленное сохранено.
error-outbox-unreadable = Файл с неотправленным не читается
    .remedy = Не удаляйте его. Обратитесь в поддержку: его могут восстановить.
error-storage-failed = Устройство не смогло сохранить данные
    .remedy = Проверьте место на диске и право записи и повторите.
error-protocol-error = Ответ сервера не удалось понять
    .remedy = Проверьте адрес сервера или обновите программу. Неотправленное сохранено.
error-server-error = На сервере сбой
    .remedy = Работа продолжается; отправка повторится сама.
error-too-many-attempts = Слишком много попыток за короткое время
    .remedy = Подождите минуту и повторите.
error-busy = Сейчас слишком большая нагрузка
    .remedy = Немного подождите и повторите.

# Несколько программ на одной кассе
terminal-programmes = Программы этой кассы
terminal-programmes-text = Поле сканирования принимает коды всех программ. У каждой свой вход, свои баллы и своя очередь.
terminal-programmes-sale = Сначала завершите или очистите продажу
terminal-programme-switch = Сменить программу
terminal-programme-person = Вход выполнен: { $name }
terminal-programme-nobody = Никто не вошёл
terminal-programme-no-lease = Нет лимита без сети
terminal-programme-now = Теперь { $name }
terminal-programme-waits-pin = В этой программе ждёт код. Войдите, и он будет принят.
terminal-join-text = Отсканируйте код регистрации от другого производителя, вставьте его или выберите снимок. Программы, которые уже здесь, останутся.
terminal-other-title = Этот код относится к { $name }
terminal-other-switch = Перейти к { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] не завершена { $count } строка
        [few] не завершены { $count } строки
       *[other] не завершено { $count } строк
    }
terminal-other-text = Продажа остаётся в своей программе. Сначала завершите её; следующая будет в { $name }.
terminal-other-finish = Завершить эту продажу
terminal-other-next = Записано. Дальше { $name }
terminal-resting-title = Оставлены на этой кассе
terminal-leave-programme-text = Касса больше не обслуживает эту программу. Все остальные остаются. Её можно вернуть сюда в любой момент.
terminal-leave-programme-keeps = Или выйдите сейчас: неотправленное останется на кассе и уйдёт, когда программа вернётся.
terminal-leave-programme-lease = За кассой ещё числится лимит: { $points }. Сначала верните его, иначе он останется за ней.
