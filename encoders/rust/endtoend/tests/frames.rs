//! The example extensions on the server that `SPARK_REMOTE` names.

use std::time::Duration;

use graft_connect::arrow_array::cast::AsArray;
use graft_connect::arrow_array::types::{Float64Type, Int32Type, Int64Type};
use graft_connect::arrow_array::{Array, RecordBatch};
use graft_connect::arrow_schema::DataType;
use graft_connect::{
    Answer, Any, Error, Expression, Operations, Relation, Session, Values, code, spark,
};
use graft_connect_endtoend::client::frames::{About, Mask, Publish, Summarize, TopK};

const SALES: &str = "SELECT * FROM VALUES ('de', 'ale', 5), ('de', 'bun', 2), ('de', 'cup', 9), \
                     ('fr', 'axe', 7), ('fr', 'bow', 1) AS sales(country, item, price)";

type Outcome = Result<(), Error>;

/// Opens a session; fails where no server is named, since whoever runs these tests wants one.
async fn connect(parameters: &str) -> Result<Session, Error> {
    let remote = std::env::var("SPARK_REMOTE")
        .expect("SPARK_REMOTE names no server, such as sc://localhost:15002");
    let separator = if remote.contains(';') { "" } else { "/" };
    let remote = remote.trim_end_matches('/');
    Session::connect(&format!("{remote}{separator}{parameters}")).await
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn top_k_of_each_group() -> Outcome {
    let session = connect("").await?;
    let top = TopK::new(session.sql(SALES), "price", 2)
        .by(["country"])
        .descending(true);
    let sorted = sort(&top.clone().relation()?, &["country", "price"])?;
    assert_eq!(
        texts(&session, sorted).await?,
        ["de ale 5", "de cup 9", "fr bow 1", "fr axe 7"]
    );
    let schema = session.schema(top).await?.expect("a schema");
    let Some(spark::data_type::Kind::Struct(columns)) = schema.kind else {
        panic!("no struct, but {schema:?}");
    };
    let names: Vec<_> = columns.fields.iter().map(|field| &field.name).collect();
    assert_eq!(names, ["country", "item", "price"]);
    session.close().await;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn an_extension_inside_another() -> Outcome {
    let session = connect("").await?;
    let best = TopK::new(session.sql(SALES), "price", 3).descending(true);
    let least_of_best = TopK::new(best, "price", 1);
    assert_eq!(texts(&session, least_of_best).await?, ["de ale 5"]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn mask_is_a_column() -> Outcome {
    let session = connect("").await?;
    let words = session.sql("SELECT * FROM VALUES ('secret'), ('ab') AS words(word)");
    for (mask, expected) in [
        (Mask::new("word").keep(2), ["****et", "ab"]),
        (Mask::new("word").keep(1).with("•"), ["•••••t", "•b"]),
        (
            Mask::new(Mask::new("word").keep(3)).keep(1).with("#"),
            ["#####t", "#b"],
        ),
    ] {
        let masked = project(&words, mask.expression()?)?;
        assert_eq!(texts(&session, masked).await?, expected);
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn summarize_answers_with_rows() -> Outcome {
    let session = connect("").await?;
    let answer = Summarize::new(session.sql(SALES), "price")
        .execute(&session)
        .await?;
    let Answer::Rows(rows) = answer else {
        panic!("no rows, but {answer:?}");
    };
    let found = texts(&session, rows).await?;
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("5 1 9 4.8"), "{found:?}");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn publish_answers_with_nothing() -> Outcome {
    let session = connect("").await?;
    let answer = Publish::new(session.range(0, 3, 1), "three")
        .execute(&session)
        .await?;
    assert_eq!(answer, Answer::Nothing);
    assert_eq!(
        texts(&session, session.table("three")).await?,
        ["0", "1", "2"]
    );
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn about_answers_with_a_message() -> Outcome {
    let session = connect("").await?;
    let about = About::new().execute(&session).await?;
    assert!(!about.host.is_empty(), "{about:?}");
    assert!(about.connect_version.contains('.'), "{about:?}");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn what_is_missing_is_refused_before_anything_is_sent() -> Outcome {
    let session = connect("").await?;
    let refused = refusal(&session, TopK::new(session.range(0, 1, 1), "", 1)).await;
    assert_eq!(refused.code(), code::FIELD_REQUIRED);
    let text = refused.to_string();
    assert!(text.contains("'order_by' of acme.frames.v1.TopK"), "{text}");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn inputs_of_two_sessions_are_refused() -> Outcome {
    let (session, other) = (connect("").await?, connect("").await?);
    let refused = refusal(&session, TopK::new(other.range(0, 1, 1), "id", 1)).await;
    assert_eq!(refused.code(), code::SESSION_MISMATCH);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn an_extension_that_no_plugin_knows_is_refused_by_the_server() -> Outcome {
    let session = connect("").await?;
    let unknown = spark::Relation {
        rel_type: Some(spark::relation::RelType::Extension(Any {
            type_url: "type.googleapis.com/acme.nobody.v1.Nothing".to_owned(),
            value: Vec::new(),
        })),
        ..spark::Relation::default()
    };
    let refused = refusal(&session, unknown).await;
    assert!(refused.code().starts_with("GRAFT_"), "{refused}");
    assert!(
        refused.to_string().contains("acme.nobody.v1.Nothing"),
        "{refused}"
    );
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn a_field_that_the_plugin_is_too_old_for_is_refused() -> Outcome {
    let newer = std::env::var("GRAFT_NEWER").expect("GRAFT_NEWER names no descriptors");
    let descriptors = std::fs::read(newer).expect("descriptors of a newer version");
    let session = connect("").await?;
    let top = Operations::read(&descriptors)?.relation(
        "acme.frames.v1.TopK",
        Values::new()
            .with("input", session.range(0, 9, 1))
            .with("order_by", "id")
            .with("k", 2)
            .with("ties", true),
    )?;
    let refused = refusal(&session, top).await;
    assert_eq!(refused.code(), "GRAFT_EXTENSION_NEWER");
    assert!(
        refused
            .to_string()
            .contains("field 9 of acme.frames.v1.TopK"),
        "{refused}"
    );
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn a_session_brings_the_plugins_of_a_jar_and_no_other_has_them() -> Outcome {
    let jar = std::env::var("GRAFT_SESSION_JAR").expect("GRAFT_SESSION_JAR names no jar");
    let (session, other) = (connect("").await?, connect("").await?);
    let three_rows = spark::Relation {
        rel_type: Some(spark::relation::RelType::Extension(Any {
            type_url: "type.googleapis.com/google.protobuf.StringValue".to_owned(),
            value: Vec::new(),
        })),
        ..spark::Relation::default()
    };
    let refused = refusal(&session, three_rows.clone()).await;
    assert_eq!(refused.code(), "GRAFT_EXTENSION_UNKNOWN");
    session.add_jar(jar).await?;
    assert_eq!(texts(&session, three_rows.clone()).await?, ["0", "1", "2"]);
    let refused = refusal(&other, three_rows).await;
    assert_eq!(refused.code(), "GRAFT_EXTENSION_UNKNOWN");
    session.close().await;
    other.close().await;
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn the_error_of_a_table_that_is_not_there_has_sparks_class() -> Outcome {
    let session = connect("").await?;
    let refused = refusal(&session, session.table("no_such_table")).await;
    assert_eq!(refused.code(), "TABLE_OR_VIEW_NOT_FOUND");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn the_server_tells_its_status() -> Outcome {
    let session = connect("").await?;
    let plugins = session.status(graft_connect::StatusTable::Plugins).await?;
    assert_eq!(plugins.columns()[1], "message");
    assert_eq!(plugins.columns()[7], "accepted");
    let rows: usize = plugins
        .collect()
        .await?
        .iter()
        .map(|batch| batch.num_rows())
        .sum();
    assert!(rows > 0, "no plugin is told");
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn the_server_lists_its_extensions() -> Outcome {
    let session = connect("").await?;
    let listed = session.extensions(true).await?;
    assert_eq!(
        listed.columns(),
        [
            "kind",
            "name",
            "message",
            "plugin",
            "jar",
            "version",
            "documentation",
            "descriptors"
        ]
    );
    let descriptors = listed
        .collect()
        .await?
        .iter()
        .find_map(|batch| {
            let messages = batch.column(2).as_string::<i32>();
            let row = messages
                .iter()
                .position(|name| name == Some("acme.frames.v1.TopK"))?;
            Some(batch.column(7).as_binary::<i32>().value(row).to_vec())
        })
        .expect("TopK is listed");
    // What the server says is enough to send the extension.
    let top = Operations::read(&descriptors)?.relation(
        "acme.frames.v1.TopK",
        Values::new()
            .with("input", session.range(0, 9, 1))
            .with("order_by", "id")
            .with("k", 2),
    )?;
    assert_eq!(texts(&session, top).await?, ["0", "1"]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn many_batches_are_read_as_they_come() -> Outcome {
    const COUNT: i64 = 3_000_000;
    let session = connect("").await?;
    let mut rows = session.rows(session.range(0, COUNT, 1)).await?;
    let (mut batches, mut seen, mut sum) = (0, 0, 0);
    while let Some(batch) = rows.next().await? {
        batches += 1;
        seen += batch.num_rows();
        sum += batch
            .column(0)
            .as_primitive::<Int64Type>()
            .values()
            .iter()
            .sum::<i64>();
    }
    assert!(batches > 1, "{batches} batches");
    assert_eq!(i64::try_from(seen), Ok(COUNT));
    assert_eq!(sum, COUNT * (COUNT - 1) / 2);
    Ok(())
}

#[tokio::test]
#[ignore = "needs the server that SPARK_REMOTE names"]
async fn a_batch_beyond_a_messages_size_comes_in_pieces_or_is_refused() -> Outcome {
    let session = connect(";grpc_max_message_size=500000").await?;
    let version = About::new().execute(&session).await?.connect_version;
    let read = texts(&session, session.sql("SELECT repeat('graft', 1000000)")).await;
    // Servers before 4.1 send no pieces.
    if version.starts_with("3.") || version.starts_with("4.0") {
        let refused = read.expect_err("a message beyond the limit");
        assert_eq!(
            refused.status(),
            graft_connect::tonic::Code::OutOfRange,
            "{refused}"
        );
    } else {
        assert_eq!(read?, ["graft".repeat(1_000_000)]);
    }
    Ok(())
}

async fn refusal(session: &Session, relation: impl Into<Relation>) -> Error {
    session
        .rows(relation)
        .await
        .expect_err("an error, and not rows")
}

/// Spark's own Sort around a relation.
fn sort(input: &Relation, columns: &[&str]) -> Result<Relation, Error> {
    use spark::expression::{SortOrder, sort_order};
    let order = columns
        .iter()
        .map(|column| {
            Ok(SortOrder {
                child: Some(Box::new(graft_connect::column(column).message()?)),
                direction: sort_order::SortDirection::Ascending.into(),
                null_ordering: sort_order::NullOrdering::SortNullsFirst.into(),
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(spark::Relation {
        rel_type: Some(spark::relation::RelType::Sort(Box::new(spark::Sort {
            input: Some(Box::new(input.message()?)),
            order,
            is_global: Some(true),
        }))),
        ..spark::Relation::default()
    }
    .into())
}

/// Spark's own Project around a relation.
fn project(input: &Relation, column: Expression) -> Result<Relation, Error> {
    Ok(spark::Relation {
        rel_type: Some(spark::relation::RelType::Project(Box::new(
            spark::Project {
                input: Some(Box::new(input.message()?)),
                expressions: vec![column.message()?],
            },
        ))),
        ..spark::Relation::default()
    }
    .into())
}

/// The rows, each as its values with blanks between.
async fn texts(session: &Session, relation: impl Into<Relation>) -> Result<Vec<String>, Error> {
    let reading = async { session.rows(relation).await?.collect().await };
    let batches = tokio::time::timeout(Duration::from_secs(120), reading)
        .await
        .expect("rows within two minutes")?;
    Ok(batches
        .iter()
        .flat_map(|batch| (0..batch.num_rows()).map(|row| text(batch, row)))
        .collect())
}

fn text(batch: &RecordBatch, row: usize) -> String {
    let values: Vec<_> = batch
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            _ if column.is_null(row) => "null".to_owned(),
            DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
            DataType::Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Float64 => column.as_primitive::<Float64Type>().value(row).to_string(),
            other => panic!("the test reads no {other}"),
        })
        .collect();
    values.join(" ")
}
