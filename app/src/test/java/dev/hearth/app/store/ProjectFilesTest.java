package dev.hearth.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hearth.app.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
  @TempDir Path folder;
  private final ProjectFiles files = new ProjectFiles();

  @Test
  void aNewProjectCanBeOpenedAndIsOneFile() {
    Path file = folder.resolve("a b%41?#\u00e9.hearth");
    files.create(file);

    assertThat(folder.toFile().list()).containsExactly(file.getFileName().toString());
    try (Database database = files.open(file)) {
      assertThat(database.readOnly()).isFalse();
      assertThat(database.<String>read(sql -> text(sql, "PRAGMA journal_mode"))).isEqualTo("wal");
    }
  }

  private static String text(Sql sql, String query) throws SQLException {
    return sql.first(query, row -> row.getString(1)).orElseThrow();
  }

  @Test
  void refusesWhatIsNoProjectAndLeavesItAsItWas() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.hearth"), "hello ".repeat(100));
    Path empty = Files.createFile(folder.resolve("empty.hearth"));
    Path other = folder.resolve("other.hearth");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other)) {
      connection.createStatement().executeUpdate("CREATE TABLE t (a); PRAGMA user_version = 1");
    }

    assertRefused(folder.resolve("missing.hearth"), Reason.NOT_A_PROJECT, "There is no file");
    assertRefused(folder, Reason.NOT_A_PROJECT, "is a folder");
    assertRefused(empty, Reason.NOT_A_PROJECT, "is empty");
    assertUntouched(text, "is not a Hearth project: it is no SQLite database");
    assertUntouched(other, "is a database of another program");
  }

  @Test
  void refusesAProjectOfANewerHearthAndLeavesItAsItWas() throws Exception {
    Path file = folder.resolve("newer.hearth");
    files.create(file);
    setFormat(file, Migrations.ALL.newest() + 6);
    byte[] before = Files.readAllBytes(file);

    assertRefused(file, Reason.NEWER, "newer Hearth (format " + (Migrations.ALL.newest() + 6));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFormatThatStandsInTheLogOnlyIsSeenToo() throws Exception {
    Path file = folder.resolve("newer.hearth");
    files.create(file);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      other.createStatement().executeUpdate("PRAGMA wal_autocheckpoint = 0");
      other.createStatement().executeUpdate("PRAGMA user_version = 99");
      assertRefused(file, Reason.NEWER, "format 99");
    }
  }

  private static void setFormat(Path file, int format) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().executeUpdate("PRAGMA user_version = " + format);
    }
  }

  private void assertUntouched(Path file, String message) throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertRefused(file, Reason.NOT_A_PROJECT, message);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder.toFile().list()).noneMatch(name -> name.contains("-wal"));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(Path file, Reason reason, String message) {
    return assertThatThrownBy(() -> files.open(file))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void neverOverwritesWhenCreating() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.hearth"), "precious");

    assertThatThrownBy(() -> files.create(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("exists already");
    assertThat(file).hasContent("precious");
  }

  @Test
  void saysWhenTheFolderCantBeWritten() {
    assertThatThrownBy(() -> files.create(folder.resolve("no/such/folder/p.hearth")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.READ_ONLY))
        .hasMessageContaining("folder is missing or can't be written");
  }

  @Test
  void aDamagedProjectIsAClearMessage() throws Exception {
    Path file = folder.resolve("damaged.hearth");
    files.create(file);
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = "damaged".repeat(3_000).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(noise, 0, bytes, 100, 15_000);
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> {
              try (Database database = files.open(file)) {
                new FunctionStore(
                        database, new SecretBox(new SecretKeyFile(folder.resolve("secret.key"))))
                    .list();
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void readsAProjectThatCantBeWrittenAndRefusesToChangeIt() throws Exception {
    Path file = folder.resolve("p.hearth");
    files.create(file);
    try (Database database = files.open(file)) {
      new EventStore(database).insert("hello", "", "{}");
    }
    try (Database database = files.openReadOnly(file)) {
      EventStore events = new EventStore(database);
      assertThat(events.list()).hasSize(1);
      assertThatThrownBy(() -> events.insert("more", "", "{}"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.READ_ONLY));
    }
    assertThat(folder.toFile().list()).containsExactly("p.hearth");
  }

  @Test
  void aFileWithoutWritePermissionIsOpenedReadOnly() {
    Path file = folder.resolve("p.hearth");
    files.create(file);
    assumeFalse(!file.toFile().setReadOnly() || Files.isWritable(file), "runs as root");

    try (Database database = files.open(file)) {
      assertThat(database.readOnly()).isTrue();
    }
  }

  @Test
  void everyEarlierFormatIsBroughtToTheNewest() throws Exception {
    String fresh = schema(folder.resolve("fresh.hearth"), 0);
    for (int format = 1; format < Migrations.ALL.newest(); format++) {
      assertThat(schema(folder.resolve(format + ".hearth"), format)).isEqualTo(fresh);
    }
    assertThat(fresh).contains("CREATE TABLE invocations");
  }

  @Test
  void aMigrationRunsOnTopOfAnEarlierFormatAndKeepsTheData() {
    Path file = folder.resolve("old.hearth");
    files.create(file);
    try (Database database = files.open(file)) {
      new EventStore(database).insert("hello", "", "{}");
    }
    Migrations next = Migrations.ALL.then("test-next.sql");
    try (Database database = new ProjectFiles(next).open(file)) {
      assertThat(database.<Long>read(sql -> sql.number("SELECT stars FROM test_events")))
          .isEqualTo(5);
      assertThat(database.<Integer>read(Migrations::format)).isEqualTo(next.newest());
    }
    assertRefused(file, Reason.NEWER, "format " + next.newest());
  }

  @Test
  void aMigrationThatFailsLeavesTheFileAtItsFormat() {
    Path file = folder.resolve("old.hearth");
    files.create(file);
    Migrations broken = Migrations.ALL.then("test-broken.sql");

    assertThatThrownBy(() -> new ProjectFiles(broken).open(file))
        .isInstanceOf(StoreException.class);
    try (Database database = files.open(file)) {
      assertThat(database.<Integer>read(Migrations::format)).isEqualTo(Migrations.ALL.newest());
      assertThat(new EventStore(database).list()).isEmpty();
    }
  }

  private String schema(Path file, int from) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Sql sql = new Sql(connection)) {
      Migrations.ALL.migrate(sql, from);
      Migrations.ALL.migrate(sql);
      return sql.query("SELECT sql FROM sqlite_schema ORDER BY name", row -> row.getString(1))
          .toString();
    }
  }
}
