//! The catalogue of calls, once; what needs every call is made from it.

/// Hands the catalogue to another macro: `name(Request) -> Response` per call.
macro_rules! catalogue {
    ($with:ident) => {
        $with! {
            status(Nothing) -> StatusView,
            memberships(Nothing) -> Vec<MembershipView>,
            select_membership(SelectMembership) -> StatusView,
            enrol(EnrolDevice) -> StatusView,
            sync(Nothing) -> SyncView,
            queue(QueueRequest) -> Vec<QueueItem>,
            read_image(ReadImage) -> Vec<SymbolView>,
            read_text(ReadText) -> CodeView,
            find_product(FindText) -> ProductView,
            search_products(FindText) -> Vec<ProductView>,
            parse_amount(FindText) -> AmountView,
            rewards(RewardsRequest) -> Vec<RewardView>,
            cashiers(Nothing) -> Vec<PersonView>,
            sign_in(SignIn) -> StatusView,
            sign_out(Nothing) -> StatusView,
            sellers(Nothing) -> Vec<PersonView>,
            find_buyer(FindBuyer) -> BuyerView,
            quote(SaleDraft) -> Quote,
            sell(SaleDraft) -> SaleDone,
            sales(Nothing) -> Vec<SaleView>,
            void_last(Nothing) -> VoidDone,
            redeem(RedeemRequest) -> RedeemDone,
            request_lease(LeaseWish) -> StatusView,
            home(Nothing) -> HomeView,
            activity(ActivityRequest) -> Vec<ActivityView>,
            claim(ClaimRequest) -> ClaimDone,
            claim_photo(ClaimPhoto) -> ClaimDone,
            set_outlet(SetOutlet) -> StatusView,
            set_goal(SetGoal) -> HomeView,
            my_code(Nothing) -> MyCode,
            stops(Nothing) -> Vec<StopView>,
            visit_check_in(StopRequest) -> StopView,
            visit_photo(VisitPhoto) -> StopView,
            visit_photo_remove(PhotoRequest) -> Vec<StopView>,
            visit_answer(VisitAnswer) -> StopView,
            visit_shelf(VisitPhoto) -> StopView,
            visit_shelf_count(ShelfCount) -> StopView,
            visit_close(VisitClose) -> StopView,
            photo(PhotoRequest) -> PhotoView,
            lesson(LessonRequest) -> LessonView,
            submit_quiz(QuizAnswers) -> ActivityView,
        }
    };
}
pub(crate) use catalogue;
