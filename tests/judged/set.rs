// Sets of judged queries: the text that people edit, read and checked. README.md beside it says how.

/// One query, with all that is known to answer it.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) text: String,
    pub(crate) answers: Vec<Answer>,
}

/// What answers: a clause, or all that lies beneath an article or a document.
#[derive(Debug)]
pub(crate) struct Answer {
    /// 3 the answer, 2 answers in good part, 1 is related.
    pub(crate) grade: u8,
    pub(crate) id: String,
}

impl Answer {
    /// Whether the clause is this answer, or a part of it.
    pub(crate) fn covers(&self, clause: &str) -> bool {
        clause.strip_prefix(self.id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The queries of a set, or what is wrong with it and in which line.
pub(crate) fn parse(text: &str) -> Result<Vec<Query>, String> {
    let mut queries: Vec<Query> = Vec::new();
    let mut is_explained = true;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_end();
        let result = if line.is_empty() || line.starts_with('#') {
            Ok(())
        } else if let Some(text) = line.strip_prefix("query: ") {
            let ready = whole(queries.last(), is_explained);
            is_explained = false;
            queries.push(Query { text: text.to_owned(), answers: Vec::new() });
            ready
        } else if line.strip_prefix("why: ").is_some_and(|why| !why.trim().is_empty()) {
            is_explained = true;
            Ok(())
        } else {
            judged(line, &mut queries)
        };
        result.map_err(|error| format!("line {number}: {error}"))?;
    }
    whole(queries.last(), is_explained).map_err(|error| format!("at the end: {error}"))?;
    Ok(queries)
}

/// The query before must be complete when the next begins.
fn whole(query: Option<&Query>, is_explained: bool) -> Result<(), String> {
    let Some(query) = query else { return Ok(()) };
    if !is_explained {
        return Err(format!("`{}` has no `why: `", query.text));
    }
    if !query.answers.iter().any(|answer| answer.grade == 3) {
        return Err(format!("`{}` has no answer of grade 3", query.text));
    }
    Ok(())
}

/// `grade id [id ...] : reason`
fn judged(line: &str, queries: &mut [Query]) -> Result<(), String> {
    let query = queries.last_mut().ok_or("an answer before the first `query: `")?;
    let (front, reason) = line.split_once(" : ").ok_or("want `grade id ... : reason`")?;
    if reason.trim().is_empty() {
        return Err("no reason".to_owned());
    }
    let mut words = front.split_whitespace();
    let grade = match words.next() {
        Some("1") => 1,
        Some("2") => 2,
        Some("3") => 3,
        other => return Err(format!("grade {other:?}, want 1, 2 or 3")),
    };
    let n_before = query.answers.len();
    for id in words {
        if !is_id(id) {
            return Err(format!("`{id}` is not the id of a clause"));
        }
        if query.answers.iter().any(|answer| answer.id == id) {
            return Err(format!("`{id}` is judged twice"));
        }
        query.answers.push(Answer { grade, id: id.to_owned() });
    }
    if query.answers.len() == n_before { Err("no clause".to_owned()) } else { Ok(()) }
}

/// Ids are slugs, divided by `/`.
fn is_id(id: &str) -> bool {
    let is_slug = |slug: &str| {
        slug.starts_with(|letter: char| letter.is_ascii_alphanumeric())
            && slug.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_'))
    };
    id.split('/').all(is_slug)
}

#[test]
fn a_set_is_read_or_refused_with_the_line() {
    #[track_caller]
    fn check(text: &str, expected: Result<usize, &str>) {
        let n_answers = parse(text).map(|queries| queries.iter().map(|query| query.answers.len()).sum());
        assert_eq!(n_answers, expected.map_err(str::to_owned));
    }
    check("", Ok(0));
    check("# remark\n\nquery: a b\nwhy: words\n3 x/op-1 x/op-2 : both\n1 y : near\n", Ok(3));
    check("3 x : early\n", Err("line 1: an answer before the first `query: `"));
    check("query: a\nwhy: w\n4 x : r\n", Err("line 3: grade Some(\"4\"), want 1, 2 or 3"));
    check("query: a\nwhy: w\n3 x\n", Err("line 3: want `grade id ... : reason`"));
    check("query: a\nwhy: w\n3 x : \n", Err("line 3: want `grade id ... : reason`"));
    check("query: a\nwhy: w\n3 x//y : r\n", Err("line 3: `x//y` is not the id of a clause"));
    check("query: a\nwhy: w\n3 x : r\n2 x : r\n", Err("line 4: `x` is judged twice"));
    check("query: a\nwhy: w\n3 : r\n", Err("line 3: no clause"));
    check("query: a\n3 x : r\n", Err("at the end: `a` has no `why: `"));
    check("query: a\nwhy: w\n2 x : r\nquery: b\n", Err("line 4: `a` has no answer of grade 3"));
}
