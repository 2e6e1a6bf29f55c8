package dev.hearth.runtime.sandbox;

class BubblewrapTest extends ViewContract {
  @Override
  String means() {
    return Choice.BUBBLEWRAP;
  }

  @Override
  boolean possible() {
    return Bubblewrap.find() != null;
  }
}
