//! In which language is spoken just now: a page is drawn, and a request is answered, in that of one person.

use domain::language::Language;
use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// The language that is spoken here: English where nobody said anything else.
pub fn language() -> Language {
    SPOKEN.get()
}

/// Speaks this language from now on: to the end of [`within`] or [`during`], where that is said inside of one.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// Speaks what was spoken before, also after a panic.
struct Before(Language);

impl Drop for Before {
    fn drop(&mut self) {
        SPOKEN.set(self.0);
    }
}

/// Does a piece of work in a language.
pub fn within<T>(language: Language, work: impl FnOnce() -> T) -> T {
    let _before = Before(SPOKEN.replace(language));
    work()
}

/// Answers in a language, on whichever threads that is done.
pub fn during<F: Future>(language: Language, answer: F) -> During<F> {
    During { language, answer: Box::pin(answer) }
}

/// See [`during`].
#[derive(Debug)]
pub struct During<F> {
    /// What is spoken in it: what [`speak`] said last.
    language: Language,
    answer: Pin<Box<F>>,
}

impl<F: Future> Future for During<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _before = Before(SPOKEN.replace(self.language));
        let polled = self.answer.as_mut().poll(context);
        self.language = SPOKEN.get();
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{future::poll_fn, panic::catch_unwind};

    #[test]
    fn a_language_is_spoken_as_long_as_the_work_lasts() {
        let spoken = within(Language::Latvian, || {
            let inner = within(Language::Ukrainian, language);
            assert!(catch_unwind(|| within(Language::Ukrainian, || panic!("it ends"))).is_err());
            (inner, language())
        });
        assert_eq!(spoken, (Language::Ukrainian, Language::Latvian));
        assert_eq!(language(), Language::English);
    }

    #[test]
    fn two_answers_on_one_thread_keep_to_their_own() {
        let answer = |first, then| {
            let mut waits = true;
            during(
                first,
                poll_fn(move |context| {
                    if std::mem::take(&mut waits) {
                        assert_eq!(language(), first);
                        speak(then);
                        context.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    Poll::Ready(language())
                }),
            )
        };
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut one = Box::pin(answer(Language::Latvian, Language::Ukrainian));
        let mut other = Box::pin(answer(Language::English, Language::Latvian));
        assert!(one.as_mut().poll(&mut context).is_pending() && other.as_mut().poll(&mut context).is_pending());
        assert_eq!(language(), Language::English);
        assert_eq!(one.as_mut().poll(&mut context), Poll::Ready(Language::Ukrainian));
        assert_eq!(other.as_mut().poll(&mut context), Poll::Ready(Language::Latvian));
    }
}
