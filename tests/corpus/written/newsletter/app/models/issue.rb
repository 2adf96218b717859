# frozen_string_literal: true

class Issue < ApplicationRecord
  acts_as_taggable

  # The tags that readers see
  def tag(*names)
    tag_list.add(*names.map(&:to_s))
    save!
  end
end
