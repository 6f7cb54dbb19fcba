//! A grammar at work on a thread of its own, so that one that goes round in circles for ever is left behind:
//! grammars are data of other people's, and what runs them can't be interrupted. The thread that is
//! left ends with the program.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::Grammars;
use super::runs::Runs;

/// The largest blocks take a quarter of a second, on a busy machine some seconds.
const DEADLINE: Duration = Duration::from_secs(10);

thread_local! {
    /// Each thread that renders has one helper, which knows what it learnt of grammars.
    static HELPER: RefCell<Option<Helper>> = const { RefCell::new(None) };
}

/// A block to be coloured: the grammars, its language, its text.
type Task = (Arc<Grammars>, String, String);

struct Helper {
    tasks: Sender<Task>,
    results: Receiver<Option<Runs>>,
}

/// The runs of a text; none if the grammar failed or came to no end.
pub fn runs(grammars: &Arc<Grammars>, language: &str, text: &str) -> Option<Runs> {
    HELPER.with_borrow_mut(|helper| {
        let helper_now = helper.get_or_insert_with(Helper::start);
        let task = (Arc::clone(grammars), language.to_owned(), text.to_owned());
        let sent = helper_now.tasks.send(task).is_ok();
        match helper_now.results.recv_timeout(DEADLINE) {
            Ok(runs) if sent => runs,
            Err(RecvTimeoutError::Timeout) => {
                *helper = None;
                grammars.wear_out(language);
                None
            }
            _ => {
                *helper = None;
                None
            }
        }
    })
}

impl Helper {
    fn start() -> Self {
        let (tasks, wanted) = mpsc::channel::<Task>();
        let (found, results) = mpsc::channel();
        std::thread::spawn(move || {
            while let Ok((grammars, language, text)) = wanted.recv() {
                if found.send(grammars.runs(&language, &text)).is_err() {
                    break;
                }
            }
        });
        Self { tasks, results }
    }
}
