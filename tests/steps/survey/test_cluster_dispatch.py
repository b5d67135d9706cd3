"""Giving out cases (分派项目): each comes to its result, whoever is lost, and nobody odd works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit.fleet import OURS, FakeFleet, at, dispatch, fails, hangs, kills, works
from xlpy.errors import CaseError
from xlpy.steps.survey.cluster.dispatch import Dispatch, chunks
from xlpy.steps.survey.cluster.gate import Lost
from xlpy.steps.survey.cluster.question import NO_FOLDER, UNREAD, Answer, Question


def results(work: Dispatch) -> list[str]:
    """Return what each case came to, in order: its path, or "!" where it has a problem."""
    return ["!" if one.problem else one.id for one in work.run()]


def paths(count: int) -> list[str]:
    return [f"/{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("cases", "threads", "largest"),
    [
        (8, 1, 1),
        (9, 1, 2),
        (16, 2, 1),
        (17, 2, 2),
        (64, 1, 8),
        (65, 1, 8),
        (1000, 1, 8),
        (1, 64, 1),
    ],
)
def test_a_chunk_is_an_eighth_of_a_share_and_eight_cases_at_most(
    cases: int, threads: int, largest: int
) -> None:
    made = list(chunks(range(cases), threads))
    assert max(len(one.cases) for one in made) == largest
    assert sorted(place for one in made for place in one.cases) == list(range(cases))


def test_results_come_in_the_order_of_the_folders() -> None:
    assert results(dispatch(FakeFleet(a=works, b=works), 50)) == paths(50)


def test_a_thread_has_one_chunk_at_a_time() -> None:
    fleet = FakeFleet(a=works, b=works)
    fleet.threads[at("a")] = 3
    fleet.meanwhile = iter([lambda: None])
    work = dispatch(fleet, 100)
    seen: list[int] = []
    hear = fleet.heard

    def counted(seconds: float) -> object:
        seen.append(len(fleet._ready))
        return hear(seconds)

    fleet.heard = counted  # type: ignore[assignment, method-assign]
    assert results(work) == paths(100)
    assert max(seen) == 4


def test_progress_grows_to_the_number_of_cases() -> None:
    told: list[int] = []
    results(dispatch(FakeFleet(a=works), 20, progress=told.append))
    assert told == sorted(set(told))
    assert told[-1] == 20


def test_what_a_vanished_worker_had_is_done_by_another_and_told_once() -> None:
    def busy(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=busy, b=works)
    work = dispatch(fleet, 16)
    fleet.meanwhile = iter([lambda: None, lambda: fleet.leave("a")])
    assert results(work) == paths(16)
    assert work.notes() == (f"工作机 {at('a')} 中断过，它手上的1个项目重新分派。",)


def test_whoever_comes_later_works_too() -> None:
    def slow(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=slow)
    fleet.meanwhile = iter([lambda: None, lambda: fleet.join("b", works), lambda: fleet.leave("a")])
    assert results(dispatch(fleet, 8)) == paths(8)
    assert len(fleet.given("b")) == 8


def test_a_case_that_kills_is_told_and_costs_no_other() -> None:
    fleet = FakeFleet(a=kills("/3"), b=kills("/3"))
    found = results(dispatch(fleet, 40))
    assert found == ["!" if one == "/3" else one for one in paths(40)]


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_case_lost_less_than_three_times_is_done(deaths: int) -> None:
    left = [Lost("killed")] * deaths

    def unlucky(question: Question) -> Answer | Lost:
        return left.pop() if question.folders and left else works(question)

    assert results(dispatch(FakeFleet(a=unlucky), 1)) == paths(1)


def test_a_case_lost_three_times_is_given_up_with_a_sentence() -> None:
    fleet = FakeFleet(a=kills("/0"))
    (case,) = dispatch(fleet, 1).run()
    assert case.problem == (
        "评价它的工作机接连中断了3次，或者它在汇总过程中一直有变动，"
        "请等它空闲以后再汇总，或在那个项目上单独运行 xlpy check 查看原因。"
    )
    assert len(fleet.given("a")) == 3


def test_a_chunk_lost_three_times_goes_case_by_case() -> None:
    fleet = FakeFleet(a=kills("/3"))
    results(dispatch(fleet, 16))
    killed = [one for one in fleet.given("a") if "/3" in one]
    assert [len(one) for one in killed] == [2, 2, 2, 1, 1, 1]


def test_a_worker_that_loses_a_chunk_is_asked_again_before_it_gets_another() -> None:
    def sick(question: Question) -> Answer | Lost:
        return fails(question) if fleet.given("a") else works(question)

    fleet = FakeFleet(a=sick, b=works)
    work = dispatch(fleet, 20)
    assert results(work) == paths(20)
    assert len(fleet.given("a")) == 1
    assert work.notes()[0] == (
        f"没有采用工作机 {at('a')}：它没有通过检查（OSError: no space left），"
        "请在那里安装同一版本的 xlpy 并检查磁盘和内存。"
    )


def test_another_program_that_came_to_the_address_of_a_worker_is_not_believed() -> None:
    other = Answer(OURS._replace(version="0.9"))

    def replaced(question: Question) -> Answer:
        return other if question.folders else works(question)

    work = dispatch(FakeFleet(a=replaced, b=works), 10)
    assert results(work) == paths(10)
    assert work.notes() == (
        f"没有采用工作机 {at('a')}：它的 xlpy 是0.9，本机是1.0，请在两边安装同一版本。",
    )


def test_an_answer_that_lacks_cases_is_not_taken() -> None:
    def lazy(question: Question) -> Answer:
        return works(question)._replace(cases=())

    work = dispatch(FakeFleet(a=lazy, b=works), 10)
    assert results(work) == paths(10)
    assert "它的回答不完整" in work.notes()[0]


@pytest.mark.parametrize(("waited", "told"), [(59, False), (60, True)])
def test_a_worker_is_silent_after_its_time(waited: int, told: bool) -> None:
    fleet = FakeFleet(a=hangs)
    gate = dispatch(fleet, 1).gate
    gate.look()
    fleet.now = float(waited)
    assert bool(gate.silent) is told
    assert gate.hopeful is not told
    assert bool(gate.notes()) is told


def test_a_worker_that_answers_late_works_all_the_same() -> None:
    fleet = FakeFleet(a=hangs)
    gate = dispatch(fleet, 1).gate
    gate.look()
    fleet.now = 100.0
    gate.hears("0", works(gate.question))
    assert gate.admitted == {at("a"): 1}
    assert gate.notes() == ()


def test_where_nobody_answers_it_is_told() -> None:
    work = dispatch(FakeFleet(a=hangs), 3)
    with pytest.raises(CaseError) as nobody:
        work.run()
    assert str(nobody.value) == (
        "集群中没有可用的工作机，请启动工作机（dask worker）后重试："
        f"没有采用工作机 {at('a')}：它60秒内没有回答，可能正忙，或它的共享文件夹没有回应。"
    )


def test_where_nobody_comes_it_ends_after_a_minute() -> None:
    fleet = FakeFleet()
    with pytest.raises(CaseError, match=r"请启动工作机（dask worker）后重试。$"):
        dispatch(fleet, 3).run()
    assert 60.0 <= fleet.now < 62.0


def test_where_all_are_refused_it_ends_soon_and_says_why_of_each() -> None:
    fleet = FakeFleet(a=fails, b=lambda _: Lost("No module named 'xlpy'", missing="xlpy"))
    with pytest.raises(CaseError) as nobody:
        dispatch(fleet, 3).run()
    assert 5.0 <= fleet.now < 7.0
    assert f"{at('a')}：它没有通过检查" in str(nobody.value)
    assert f"{at('b')}：那里没有安装 xlpy" in str(nobody.value)


def test_a_program_that_lacks_a_part_is_an_other_one() -> None:
    fleet = FakeFleet(a=lambda _: Lost("", missing="xlpy.steps.survey"))
    with pytest.raises(CaseError, match=r"版本不同或不完整（缺少 xlpy\.steps\.survey）"):
        dispatch(fleet, 3).run()


def test_when_the_last_is_lost_it_waits_a_minute_for_his_return() -> None:
    def once(question: Question) -> Answer | None:
        return None if len(fleet.given("a")) > 1 else works(question)

    fleet = FakeFleet(a=once)
    nothing = [lambda: None]
    fleet.meanwhile = iter([*nothing, lambda: fleet.leave("a"), *nothing * 58])
    work = dispatch(fleet, 8)
    with pytest.raises(CaseError) as nobody:
        work.run()
    assert str(nobody.value) == (
        "集群中已没有可用的工作机，8个项目做完了1个，没有写出汇总；"
        "请检查调度器和工作机后重新汇总，或不用 --dask 在本机汇总。"
        f"工作机 {at('a')} 中断过，它手上的1个项目重新分派。"
    )
    assert 60.0 <= fleet.now < 64.0


def test_whoever_returns_within_the_minute_goes_on() -> None:
    def once(question: Question) -> Answer | None:
        return None if len(fleet.given("a")) > 1 else works(question)

    fleet = FakeFleet(a=once)
    nothing = [lambda: None]
    fleet.meanwhile = iter(
        [*nothing, lambda: fleet.leave("a"), *nothing * 50, lambda: fleet.join("b", works)]
    )
    assert results(dispatch(fleet, 8)) == paths(8)


def test_whatever_happens_nothing_is_wanted_afterwards() -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    def busy(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=busy, b=works)
    with pytest.raises(KeyboardInterrupt):
        dispatch(fleet, 16, progress=stop).run()
    tickets = [str(n) for n, (worker, one) in enumerate(fleet.asked) if one.folders]
    assert next(one for one in tickets if fleet.asked[int(one)][0] == at("a")) in fleet.dropped


def sees(what: str) -> Answer:
    return Answer(OURS, (what,))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (NO_FOLDER, "它看不到“{0}”，请把共享文件夹挂载到同样的路径"),
        (UNREAD, "它打不开“{0}”中的文件，请检查那里的权限"),
        ("12", "它在“{0}”看到的文件与本机不同，请核对挂载的是不是同一个共享文件夹、是不是最新"),
    ],
)
def test_a_worker_must_see_what_we_see(tmp_path: Path, what: str, why: str) -> None:
    (tmp_path / "evaluate.xlsm").write_bytes(b"1")
    fleet = FakeFleet(a=lambda _: sees(what))
    with pytest.raises(CaseError) as nobody:
        dispatch(fleet, 1, tmp_path).run()
    assert f"没有采用工作机 {at('a')}：{why.format(tmp_path)}。" in str(nobody.value)


def test_a_workbook_saved_in_between_is_looked_at_again(tmp_path: Path) -> None:
    book = tmp_path / "evaluate.xlsm"
    book.write_bytes(b"1")

    def saved(question: Question) -> Answer:
        book.write_bytes(b"2")
        return works(question)

    assert results(dispatch(FakeFleet(a=saved), 5, tmp_path)) == paths(5)


def test_a_lost_chunk_goes_to_the_end_of_the_queue() -> None:
    fleet = FakeFleet(a=kills("/0"))
    results(dispatch(fleet, 8))
    assert [one for (one,) in fleet.given("a")] == [*paths(8), "/0", "/0"]


def test_each_absence_has_a_minute_of_its_own() -> None:
    def slow(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=slow)
    nothing = [lambda: None]
    fleet.meanwhile = iter(
        [
            *(*nothing, lambda: fleet.leave("a"), *nothing * 50, lambda: fleet.join("b", slow)),
            *(lambda: fleet.leave("b"), *nothing * 50, lambda: fleet.join("c", works)),
        ]
    )
    assert results(dispatch(fleet, 8)) == paths(8)


def test_all_that_a_worker_had_in_its_threads_is_told() -> None:
    def busy(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=busy, b=works)
    fleet.threads[at("a")] = 2
    work = dispatch(fleet, 24)
    fleet.meanwhile = iter([lambda: None, lambda: fleet.leave("a")])
    assert results(work) == paths(24)
    assert work.notes() == (f"工作机 {at('a')} 中断过，它手上的2个项目重新分派。",)


def stale(question: Question) -> Answer:
    """Answer of a share that was copied last week."""
    found = works(question)
    return found._replace(seen=tuple("old" for _ in found.seen))


def test_whoever_sees_other_files_of_a_case_is_not_used_and_the_case_is_done_again() -> None:
    fleet = FakeFleet(a=stale, b=works)
    work = dispatch(fleet, 16)
    assert results(work) == paths(16)
    assert "与本机不同，请核对挂载的是不是同一个共享文件夹" in work.gate.refused[at("a")]
    assert len(work.notes()) == 1


def test_a_case_that_changed_in_between_is_done_again_and_costs_no_worker() -> None:
    left = [stale]

    def once(question: Question) -> Answer:
        return left.pop()(question) if question.folders and left else works(question)

    work = dispatch(FakeFleet(a=once), 4)
    assert results(work) == paths(4)
    assert work.notes() == ()


def test_a_case_that_always_changes_gets_that_as_its_problem() -> None:
    def changing(question: Question) -> Answer:
        return stale(question) if "/2" in question.folders else works(question)

    found = dispatch(FakeFleet(a=changing), 4).run()
    assert [one.id for one in found] == ["/0", "/1", "", "/3"]
    assert "它在汇总过程中一直有变动" in found[2].problem


@pytest.mark.parametrize(("seconds", "helped"), [(59.0, False), (60.0, True)])
def test_a_chunk_out_for_a_minute_goes_to_whoever_is_idle_too(seconds: float, helped: bool) -> None:
    def frozen(question: Question) -> Answer | None:
        return None if question.folders else works(question)

    fleet = FakeFleet(a=frozen, b=works)
    work = dispatch(fleet, 4)
    fleet.meanwhile = iter([lambda: None] * int(seconds) + [lambda: None, lambda: fleet.leave("a")])
    assert results(work) == paths(4)
    told = f"工作机 {at('a')} 很久没有回答，它手上的1个项目由别的工作机另做了。"
    assert (told in work.notes()) is helped


def test_the_first_answer_counts_and_a_late_one_changes_nothing() -> None:
    waited: list[int] = []

    def slow(question: Question) -> Answer | None:
        return None if question.folders and not waited else works(question)

    fleet = FakeFleet(a=slow, b=works)
    assert results(dispatch(fleet, 8)) == paths(8)
    assert [one for one in fleet.given("b") if one in fleet.given("a")]
